// What an identity provider hands on of the people behind its sessions (trusted identity propagation): which
// claims of its tokens become context keys, and the Identity Center instance they belong to. Plain values,
// kept and shown (api-surface, UpdateOpenIDConnectProvider).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wardkeep::entity {

struct ContextProvider {
  std::string subject_source_key;
  std::string subject_type_value;                         // this or the next one, or neither
  std::string subject_type_source_key;                    // empty: not given, as everywhere here
  std::vector<std::pair<std::string, std::string>> keys;  // source key -> target key, at most ten
};

struct IdentityPropagation {
  std::optional<ContextProvider> context_provider;
  std::string identity_center_instance;  // ARN; only together with a context provider
};

}  // namespace wardkeep::entity
