// Which services of the catalogue the Allow statements of a policy reach, and which of their actions. What
// last-accessed reports list; denies, boundaries, conditions and resources are not looked at, as AWS does not
// look at them there (activity-analytics section 5). Thread-safe; owns nothing of the documents.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/action_catalogue.h"
#include "policy/match/action_pattern.h"
#include "wardkeep/document.h"

namespace wardkeep::analysis {

// A set of policies, asked together.
class GrantedServices {
 public:
  void Add(const policy::Document& document);

  // Positions in the catalogue, in order.
  std::set<std::size_t> Services() const;
  bool Grants(const catalog::ServiceEntry& service) const;
  // The names of the granted actions of a service, in the order of the catalogue.
  std::vector<std::string_view> Actions(const catalog::ServiceEntry& service,
                                        const catalog::ServiceFacts& facts) const;

 private:
  struct Rule {
    bool not_action = false;
    std::vector<std::string> written;
  };
  bool GrantsName(const Rule& rule, std::string_view folded_action) const;
  bool GrantsService(const Rule& rule, const catalog::ServiceEntry& service) const;

  std::vector<Rule> rules_;  // one per Allow statement
};

}  // namespace wardkeep::analysis
