// Arbitrary bytes as what an authenticator answers: attestation objects, authenticator data, signatures,
// client data. Nothing may crash, and nothing that is not signed may verify: a registration passes only
// without attestation, an assertion never.
#include <cstdlib>

#include "fido/authenticator_data.h"
#include "fido/cbor_span.h"
#include "fido/verify.h"

namespace wardkeep::fido {
namespace {

void Require(bool fact) {
  if (!fact) std::abort();
}

const RelyingParty& Party() {
  static const RelyingParty party;
  return party;
}

const ClientData& Client() {
  static const ClientData client{"challenge", Party().origins.front()};
  return client;
}

void TryRegistration(std::string_view bytes) {
  const auto made = VerifyRegistration(Party(), Client(), {"client data", bytes});
  if (!made) return;
  const auto object = SplitAttestationObject(bytes);
  Require(object && object->format == "none" && !made->id.empty() && made->aaguid.size() == 16);
  Require(!made->public_key.empty());
}

void TryAssertion(std::string_view bytes) {
  constexpr std::size_t kFixed = 37;
  if (bytes.size() < kFixed) return;
  for (const Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEdDsa, Algorithm::kRs256}) {
    const Credential credential{.id = "id",
                                .public_key = std::string(algorithm == Algorithm::kEdDsa ? 32 : 64, 'k'),
                                .algorithm = algorithm,
                                .sign_count = 0,
                                .aaguid = {}};
    Require(!VerifyAssertion(Party(), credential, Client(),
                             {"client data", bytes.substr(0, kFixed), bytes.substr(kFixed)}));
  }
}

}  // namespace
}  // namespace wardkeep::fido

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep::fido;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  TryRegistration(bytes);
  TryAssertion(bytes);
  if (const auto item = ItemSize(bytes)) Require(*item >= 1 && *item <= size);
  for (const auto kind : {AttestedCredential::kRequired, AttestedCredential::kAbsent}) {
    static_cast<void>(ReadAuthenticatorData(bytes, kind));
  }
  for (const auto ceremony : {Ceremony::kRegistration, Ceremony::kAssertion}) {
    if (const auto client = ReadClientData(bytes, ceremony)) Require(client->origin.size() <= size);
  }
  return 0;
}
