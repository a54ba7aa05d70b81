// Access key ids: AKIA (long-term) or ASIA (temporary) and 16 characters of A-Z2-7 that carry the account, so
// that the account is known from the id alone (reference/sigv4.md section 5). The 16 characters are ten bytes
// in base32: one set bit (the fifth character is therefore Q or later, as in AWS's newer ids), 40 bits of
// account number, 39 random.
//
//   ParseAccessKeyId("ASIAQNZGKIQY56JQ7WML")  ->  {kTemporary, 029608264753}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/rng.h"

namespace wardkeep::auth {

enum class AccessKeyKind { kLongTerm, kTemporary };

struct ParsedAccessKeyId {
  AccessKeyKind kind;
  base::AccountId account_id;
};

// `account_id` must be valid (12 digits). Ids are random, not unique: the caller checks for a collision.
std::string MakeAccessKeyId(AccessKeyKind kind, const base::AccountId& account_id, base::Rng& rng);

// nullopt for anything that does not carry an account: other prefixes, lengths and alphabets, and ids made
// before AWS began to encode the account (fifth character before Q).
std::optional<ParsedAccessKeyId> ParseAccessKeyId(std::string_view id);

}  // namespace wardkeep::auth
