// ApplicablePolicies: every policy that bears on a caller, gathered once per request: identity policies
// (inline, attached, through groups), permissions boundary, session policies. Pins what it points at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/caller_identity.h"
#include "pipeline/compiled_cache.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::pipeline {

class ApplicablePolicies {
 public:
  ApplicablePolicies(const CallerIdentity& caller, CompiledCache& cache);

  // False when a stored policy could not be read: nothing may then be allowed.
  bool complete() const { return complete_; }

  // Views into this object; valid while it lives and is not moved.
  policy::PolicySet View() const;
  // ARN of a managed policy, or empty for an inline one. For the suffix of explicit denials.
  std::string_view ArnOf(const policy::StatementRef& statement) const;
  // Condition keys named anywhere in these policies with the given prefix.
  std::vector<std::string> KeysWithPrefix(std::string_view prefix) const;

 private:
  struct Layer {
    std::vector<const policy::CompiledPolicy*> policies;
    std::vector<std::string> arns;
  };
  void Add(Layer& layer, const policy::CompiledPolicy* compiled, std::string arn);
  void AddManaged(Layer& layer, const snapshot::AccountState& account, const std::string& arn);
  void AddInline(Layer& layer, const entity::InlinePolicies& policies);
  void AddUser(const snapshot::AccountState& account, const entity::User& user);
  void AddRole(const snapshot::AccountState& account, const entity::Role& role);
  void AddBoundary(const snapshot::AccountState& account, const std::string& arn);
  void AddSession(const snapshot::AccountState& account, const auth::Session& session);

  CompiledCache& cache_;
  bool complete_ = true;
  Layer identity_;
  std::optional<Layer> boundary_;
  std::optional<Layer> session_;
  std::vector<policy::PolicyPtr> pinned_;  // what came from the cache
};

}  // namespace wardkeep::pipeline
