#include "fido/refusal.h"

namespace wardkeep::fido {

std::string_view RefusalText(Refusal refusal) {
  switch (refusal) {
    case Refusal::kMalformed:
      return "The answer of the authenticator is malformed.";
    case Refusal::kWrongType:
      return "The client data belong to another ceremony.";
    case Refusal::kWrongChallenge:
      return "The challenge is unknown, used or expired.";
    case Refusal::kWrongOrigin:
      return "The origin is not one of this service.";
    case Refusal::kWrongRelyingParty:
      return "The answer was made for another relying party.";
    case Refusal::kUserNotPresent:
      return "The authenticator did not see its user.";
    case Refusal::kUserNotVerified:
      return "The authenticator did not verify its user.";
    case Refusal::kUnsupportedAlgorithm:
      return "The algorithm of the credential is not supported.";
    case Refusal::kUnsupportedAttestation:
      return "The attestation format is not supported.";
    case Refusal::kBadSignature:
      return "The signature is not valid.";
    case Refusal::kCounterWentBack:
      return "The signature counter went back.";
  }
  return {};
}

}  // namespace wardkeep::fido
