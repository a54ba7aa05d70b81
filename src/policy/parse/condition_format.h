// The form of condition keys and of condition values, as it is checked when a document is saved
// (policy-semantics 1.8, phases 3 and 7). Pure functions, linear in the text.
#pragma once

#include <string_view>

#include "policy/condition/operators.h"

namespace wardkeep::policy {

// Whether operators of this type can read a policy value: the same readers as in the evaluator. A text for
// the Arn* operators may begin with "arn:", be "*", or hold a variable. Every text will do for String*, Bool
// and Null.
bool IsReadableValue(ValueType type, std::string_view text);

// False for a key with several colons, such as "https://issuer.example:sub" or "issuer.example:8443:sub". Not
// counted are those in the name of a tag, "aws:RequestTag/a:b", and those of "kms:EncryptionContext:".
bool HasOneColonAtMost(std::string_view key);

}  // namespace wardkeep::policy
