// Which condition keys are multi-valued (policy-semantics 3.3, 3.7 to 3.9): their values are a set, however
// many a request has, and only operators with ForAllValues or ForAnyValue are meant for them. The one table
// of that fact: RequestContext asks it for every key that it is given, so that the server, the simulators and
// the evaluate format agree. Static data, pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace wardkeep::policy {

// `folded_key` in lower case, `hash` its RequestContext::KeyHash. Takes constant time.
bool IsMultiValuedKey(std::string_view folded_key, uint64_t hash);

// The keys of the table in lower case, sorted; those with a variable part are not among them.
std::span<const std::string_view> MultiValuedKeys();

}  // namespace wardkeep::policy
