// Tags. Keys of users and roles are unique ignoring ASCII case, keys of other resources exactly
// (policy-semantics 5.4); values are compared exactly.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::entity {

using Tag = std::pair<std::string, std::string>;
using Tags = std::vector<Tag>;  // sorted by key bytes

enum class TagKeyCase { kFolded, kExact };

// Adds or replaces; the newer spelling of the key wins.
void MergeTags(Tags& tags, const Tags& added, TagKeyCase key_case);
// Unknown keys are ignored.
void RemoveTags(Tags& tags, const std::vector<std::string>& keys, TagKeyCase key_case);
// True when two keys of `tags` are the same under `key_case`.
bool HasDuplicateKeys(const Tags& tags, TagKeyCase key_case);

}  // namespace wardkeep::entity
