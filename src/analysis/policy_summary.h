// The policy summary of AWS's console: for each service that a policy names, how much of each access level it
// allows or denies, on which resources and under which conditions (action-catalogue section 4).
//
//   const PolicySummary summary = Summarize(document);
//   Print(summary.allowed);
//
// A summary describes one document; it is no decision. Pure function, thread-safe; the result owns its text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/action_catalogue.h"
#include "wardkeep/document.h"

namespace wardkeep::analysis {

enum class Access : uint8_t {
  kNone,
  kLimited,  // some actions, not all
  kFull,     // every action
};

// "None", "Limited", "Full".
std::string_view AccessName(Access access);

struct LevelSummary {
  Access access = Access::kNone;
  std::size_t named = 0;  // actions of this level that the policy names
  std::size_t total = 0;  // that the service has
};

struct ActionSummary {
  std::string name;  // "PassRole"
  catalog::AccessLevel level = catalog::AccessLevel::kWrite;
  std::vector<std::string> resources;  // as written; those of one NotResource are "not a and not b"
  std::vector<std::string>
      conditions;  // "aws:SourceIp | IpAddress | 10.0.0.0/8"; empty if there is a statement without
};

struct ServiceSummary {
  std::string prefix;
  std::string name;
  Access access = Access::kNone;  // over all levels
  std::array<LevelSummary, catalog::kAccessLevelCount> levels = {};
  std::vector<ActionSummary> actions;        // those that are named, in name order
  std::vector<std::string> unknown_actions;  // patterns of the policy that match no action of the service
  bool has_misfit = false;                   // an action was named only with resources that it cannot have
  std::string resources;                     // "All resources", "Multiple", or the one there is
  std::string conditions;                    // "None", "Multiple", or the one there is
};

struct UncategorizedService {
  std::string prefix;
  std::vector<std::string> actions;  // as written
  policy::Effect effect = policy::Effect::kAllow;
  bool is_left_out = false;  // by NotAction: all but these actions are allowed or denied
};

struct PolicySummary {
  std::vector<UncategorizedService>
      uncategorized;  // not in the catalogue: a typing error, or a service of one's own
  std::vector<ServiceSummary> denied;
  std::vector<ServiceSummary> allowed;
  std::size_t service_count = 0;  // of the catalogue
};

PolicySummary Summarize(const policy::Document& document);

// "Full access", "Full: List Limited: Read, Write", or "None" with the reason.
std::string AccessText(const ServiceSummary& service);

}  // namespace wardkeep::analysis
