// A passkey at sign-in: the question for `navigator.credentials.get()`, and the answer in the members of the
// next request. Both as WebAuthn writes them in JSON: bytes are base64url without padding.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "json/writer.h"
#include "pipeline/passkey.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {

// Writes the member "publicKey" with a new challenge (PublicKeyCredentialRequestOptionsJSON) into the open
// object, if the owner has a passkey; nothing otherwise.
void AskForPasskey(const pipeline::Services& services, const snapshot::AccountState& account,
                   std::string_view owner_id, json::Writer& body);

// credentialId, clientDataJSON, authenticatorData and signature; nullopt without any of them. The error is a
// sentence.
base::Result<std::optional<pipeline::AssertionAnswer>> ReadPasskeyAnswer(const Parameters& input);

}  // namespace wardkeep::service::signin
