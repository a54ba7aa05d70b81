// What both ceremonies of passkeys tell the browser, and how they refuse.
#pragma once

#include <chrono>
#include <string>

#include "api/passkeys/errors.h"
#include "fido/verify.h"
#include "pipeline/fido_challenges.h"
#include "pipeline/operation_context.h"

namespace wardkeep::service::passkeys {

// The word of WebAuthn.
inline std::string VerificationWord(const fido::RelyingParty& party) {
  return party.user_verification == fido::UserVerification::kRequired ? "required" : "preferred";
}

inline constexpr int32_t kTimeoutSeconds = static_cast<int32_t>(pipeline::FidoChallenges::kLife.count());

inline api::ApiError Refused(fido::Refusal refusal) {
  return api::passkeys::PasskeyRefused(std::string(fido::RefusalText(refusal)));
}

}  // namespace wardkeep::service::passkeys
