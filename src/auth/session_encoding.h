// The binary form of a Session, as it is sealed inside a session token. Everything but the access key id is
// in it.
//
// Instants are cut to whole seconds. Common beginnings of policy ARNs and transitive keys that repeat a tag's
// key take one byte, because the whole token has to stay under 4 KB. Sessions that a release before version 2
// of the encoding made are read too, except console sessions and delegated ones: those do not say what would
// end them, so whoever has one signs in, or trades, anew. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/session.h"

namespace wardkeep::auth {

std::string EncodeSession(const Session& session);
// The access key id is left empty. Trailing zero bytes are padding. nullopt for anything else that
// EncodeSession did not write.
std::optional<Session> DecodeSession(std::string_view bytes);

// How many bytes the policy, policy ARNs, tags and transitive keys take.
std::size_t EncodedPolicyAndTagSize(const Session& session);
// How many bytes everything takes.
std::size_t EncodedSize(const Session& session);

}  // namespace wardkeep::auth
