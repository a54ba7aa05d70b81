// Verification of what a FIDO2 authenticator answers (WebAuthn sections 7.1 and 7.2): registration of a new
// credential and assertion with a known one. Signatures are libfido2's work; the challenge is the caller's,
// who knows which were given to whom. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fido/client_data.h"
#include "fido/refusal.h"

namespace wardkeep::fido {

// COSE numbers.
enum class Algorithm : int32_t { kEs256 = -7, kEdDsa = -8, kRs256 = -257 };

enum class UserVerification : uint8_t { kPreferred, kRequired };

struct RelyingParty {
  std::string id = "localhost";  // a domain; credentials work for it only
  std::vector<std::string> origins = {"http://localhost:8480"};
  UserVerification user_verification = UserVerification::kPreferred;
};

struct Credential {
  std::string id;          // bytes, chosen by the authenticator
  std::string public_key;  // as libfido2 takes it: the coordinates, or the modulus and exponent
  Algorithm algorithm = Algorithm::kEs256;
  uint32_t sign_count = 0;
  std::string aaguid;  // 16 bytes, the model of the authenticator; zeros when it does not say
};

struct Registration {
  std::string_view client_data;         // JSON as the browser wrote it
  std::string_view attestation_object;  // CBOR
};

struct Assertion {
  std::string_view client_data;
  std::string_view authenticator_data;
  std::string_view signature;
};

// Attestation formats none, packed (self and basic) and fido-u2f. A certificate chain is used to verify the
// signature; who issued it is not judged. The challenge in the client data must have been looked at by the
// caller.
base::Result<Credential, Refusal> VerifyRegistration(const RelyingParty& party, const ClientData& client,
                                                     const Registration& answer);

// Gives the new counter. A counter that does not grow is refused, unless the authenticator never counts.
base::Result<uint32_t, Refusal> VerifyAssertion(const RelyingParty& party, const Credential& credential,
                                                const ClientData& client, const Assertion& answer);

}  // namespace wardkeep::fido
