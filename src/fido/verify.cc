#include "fido/verify.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/base64.h"
#include "crypto/digest.h"
#include "fido/authenticator_data.h"
#include "fido/cbor_span.h"

namespace wardkeep::fido {
namespace {

struct FreeCredential {
  void operator()(fido_cred_t* credential) const { fido_cred_free(&credential); }
};
struct FreeAssertion {
  void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};
using CredentialPtr = std::unique_ptr<fido_cred_t, FreeCredential>;
using AssertionPtr = std::unique_ptr<fido_assert_t, FreeAssertion>;

// libfido2 wants this in each thread before anything else.
void EnsureReady() {
  static thread_local const bool ready = (fido_init(0), true);
  static_cast<void>(ready);
}

const uint8_t* Data(std::string_view bytes) {
  return base::AsBytes(bytes).data();
}

std::string Copy(const uint8_t* bytes, std::size_t size) {
  return bytes == nullptr ? std::string() : std::string(bytes, bytes + size);
}

// What both ceremonies ask of the authenticator's data and of the page.
base::Result<void, Refusal> CheckParty(const RelyingParty& party, const ClientData& client,
                                       const AuthenticatorData& data) {
  if (std::find(party.origins.begin(), party.origins.end(), client.origin) == party.origins.end()) {
    return Refusal::kWrongOrigin;
  }
  const crypto::Sha256Digest hash = crypto::Sha256Of(party.id);
  if (!std::equal(hash.begin(), hash.end(), Data(data.relying_party_hash)))
    return Refusal::kWrongRelyingParty;
  if (!data.user_present) return Refusal::kUserNotPresent;
  if (party.user_verification == UserVerification::kRequired && !data.user_verified) {
    return Refusal::kUserNotVerified;
  }
  return {};
}

// A fresh credential that has read the data; null when its key is not of the algorithm or not a key.
CredentialPtr ReadAs(Algorithm algorithm, const RelyingParty& party, const crypto::Sha256Digest& client_hash,
                     std::string_view authenticator_data) {
  CredentialPtr read(fido_cred_new());
  const bool ok =
      read != nullptr && fido_cred_set_type(read.get(), static_cast<int>(algorithm)) == FIDO_OK &&
      fido_cred_set_rp(read.get(), party.id.c_str(), nullptr) == FIDO_OK &&
      fido_cred_set_clientdata_hash(read.get(), client_hash.data(), client_hash.size()) == FIDO_OK &&
      fido_cred_set_authdata_raw(read.get(), Data(authenticator_data), authenticator_data.size()) == FIDO_OK;
  return ok ? std::move(read) : nullptr;
}

base::Result<void, Refusal> VerifyAttestation(fido_cred_t* credential, const AttestationObject& object) {
  constexpr std::string_view kEmptyMap = "\xa0";
  if (object.format == "none") {
    if (object.statement != kEmptyMap) return Refusal::kMalformed;
    return {};
  }
  if (object.format != "packed" && object.format != "fido-u2f") return Refusal::kUnsupportedAttestation;
  if (fido_cred_set_fmt(credential, std::string(object.format).c_str()) != FIDO_OK ||
      fido_cred_set_attstmt(credential, Data(object.statement), object.statement.size()) != FIDO_OK) {
    return Refusal::kMalformed;
  }
  const bool has_certificate = fido_cred_x5c_ptr(credential) != nullptr;
  if (!has_certificate && object.format == "fido-u2f") return Refusal::kMalformed;
  const int verified = has_certificate ? fido_cred_verify(credential) : fido_cred_verify_self(credential);
  if (verified != FIDO_OK) return Refusal::kBadSignature;
  return {};
}

// Calls use(key) with the key in libfido2's form for its algorithm; false when the bytes are no key.
template <typename Key, Key* (*kNew)(), void (*kFree)(Key**), int (*kRead)(Key*, const void*, std::size_t)>
bool VerifyWith(const Credential& credential, const fido_assert_t* assertion) {
  Key* key = kNew();
  const bool ok = key != nullptr &&
                  kRead(key, credential.public_key.data(), credential.public_key.size()) == FIDO_OK &&
                  fido_assert_verify(assertion, 0, static_cast<int>(credential.algorithm), key) == FIDO_OK;
  kFree(&key);
  return ok;
}

bool VerifySignature(const Credential& credential, const fido_assert_t* assertion) {
  switch (credential.algorithm) {
    case Algorithm::kEs256:
      return VerifyWith<es256_pk_t, es256_pk_new, es256_pk_free, es256_pk_from_ptr>(credential, assertion);
    case Algorithm::kEdDsa:
      return VerifyWith<eddsa_pk_t, eddsa_pk_new, eddsa_pk_free, eddsa_pk_from_ptr>(credential, assertion);
    case Algorithm::kRs256:
      return VerifyWith<rs256_pk_t, rs256_pk_new, rs256_pk_free, rs256_pk_from_ptr>(credential, assertion);
  }
  return false;
}

}  // namespace

base::Result<Credential, Refusal> VerifyRegistration(const RelyingParty& party, const ClientData& client,
                                                     const Registration& answer) {
  EnsureReady();
  const auto object = SplitAttestationObject(answer.attestation_object);
  if (!object) return Refusal::kMalformed;
  const auto data = ReadAuthenticatorData(object->authenticator, AttestedCredential::kRequired);
  if (!data) return Refusal::kMalformed;
  WK_TRY(CheckParty(party, client, *data));
  const crypto::Sha256Digest client_hash = crypto::Sha256Of(answer.client_data);
  Credential made;
  CredentialPtr read;
  for (const Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEdDsa, Algorithm::kRs256}) {
    read = ReadAs(algorithm, party, client_hash, object->authenticator);
    made.algorithm = algorithm;
    if (read != nullptr) break;
  }
  if (read == nullptr) return Refusal::kUnsupportedAlgorithm;
  WK_TRY(VerifyAttestation(read.get(), *object));
  made.id = data->credential_id;
  made.aaguid = data->aaguid;
  made.sign_count = data->sign_count;
  made.public_key = Copy(fido_cred_pubkey_ptr(read.get()), fido_cred_pubkey_len(read.get()));
  return made;
}

base::Result<uint32_t, Refusal> VerifyAssertion(const RelyingParty& party, const Credential& credential,
                                                const ClientData& client, const Assertion& answer) {
  EnsureReady();
  const auto data = ReadAuthenticatorData(answer.authenticator_data, AttestedCredential::kAbsent);
  if (!data || answer.signature.empty()) return Refusal::kMalformed;
  WK_TRY(CheckParty(party, client, *data));
  const crypto::Sha256Digest client_hash = crypto::Sha256Of(answer.client_data);
  const AssertionPtr read(fido_assert_new());
  const bool ok =
      read != nullptr && fido_assert_set_count(read.get(), 1) == FIDO_OK &&
      fido_assert_set_rp(read.get(), party.id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata_hash(read.get(), client_hash.data(), client_hash.size()) == FIDO_OK &&
      fido_assert_set_authdata_raw(read.get(), 0, Data(answer.authenticator_data),
                                   answer.authenticator_data.size()) == FIDO_OK &&
      fido_assert_set_up(read.get(), FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_sig(read.get(), 0, Data(answer.signature), answer.signature.size()) == FIDO_OK;
  if (!ok) return Refusal::kMalformed;
  if (!VerifySignature(credential, read.get())) return Refusal::kBadSignature;
  const bool counts = data->sign_count != 0 || credential.sign_count != 0;
  if (counts && data->sign_count <= credential.sign_count) return Refusal::kCounterWentBack;
  return data->sign_count;
}

}  // namespace wardkeep::fido
