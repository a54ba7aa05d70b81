// Texts, wildcards and policy variables of the executable specification (policy-semantics 2.2, 2.4, 3.4).
// Every text becomes a string of characters, a wildcard is a character that no text can hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy::spec {

// Units of UTF-16; a byte that is no UTF-8 is a unit of its own beyond all others.
using Text = std::u32string;
inline constexpr char32_t kAnyRun = ~0U;       // '*'
inline constexpr char32_t kAnyOne = ~0U - 1U;  // '?'

Text Decode(std::string_view utf8, bool wildcards = false);
bool Glob(const Text& pattern, const Text& text);
// Six parts at most; the last one keeps its colons.
std::vector<Text> ArnParts(const Text& text);

// The entry of a key, ignoring ASCII case; null if absent.
const RequestContext::Entry* Find(const RequestContext& context, std::string_view key);

// Replaces ${key}, ${key, 'default'}, ${*}, ${?} and ${$} (documents of 2012; older ones know no variables).
// What is put in never holds a wildcard. Nothing when a variable has several values, or is absent and has no
// default.
std::optional<Text> Expand(std::string_view text, LanguageVersion version, bool wildcards,
                           const RequestContext& context);
// The keys of the variables in `text` that have no default.
std::vector<std::string> NeededKeys(std::string_view text, LanguageVersion version);

}  // namespace wardkeep::policy::spec
