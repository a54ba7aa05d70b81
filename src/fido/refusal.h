// Why a registration or an assertion was refused.
#pragma once

#include <cstdint>
#include <string_view>

namespace wardkeep::fido {

enum class Refusal : uint8_t {
  kMalformed,          // not the JSON or CBOR that it must be
  kWrongType,          // client data of another ceremony, or from a frame of another site
  kWrongChallenge,     // not the one that was given, or given to someone else, used, or too old
  kWrongOrigin,        // a page that is not ours
  kWrongRelyingParty,  // made for another site
  kUserNotPresent,
  kUserNotVerified,       // by PIN or biometrics, where that is required
  kUnsupportedAlgorithm,  // ES256, EdDSA and RS256 are supported
  kUnsupportedAttestation,
  kBadSignature,
  kCounterWentBack,  // the authenticator was copied, or the answer is an old one
};

// A sentence for people.
std::string_view RefusalText(Refusal refusal);

}  // namespace wardkeep::fido
