// ApplicablePolicies: every policy that bears on a caller, gathered once per request: identity policies
// (inline, attached, through groups), permissions boundary, session policies. Inline policies of a layer come
// first, then managed ones in the order of their ARNs, each once: principals with the same policies share one
// effective program (snapshot/effective_programs.h) whatever the order of attachment. Pins what it points at.
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
  // The same with each further narrowing of the session (GetScopedCredentials) in the place of the session's
  // own policies. A request is allowed when View and each of these allow it.
  std::vector<policy::PolicySet> ScopeViews() const;
  // ARN of a managed policy, or empty for an inline one. For the suffix of explicit denials.
  std::string_view ArnOf(const policy::StatementRef& statement) const;
  // True when a decision by these policies may look at a condition key, in a condition or as a variable.
  bool name_context_keys() const { return name_context_keys_; }
  // Condition keys named anywhere in these policies with the given prefix.
  std::vector<std::string> KeysWithPrefix(std::string_view prefix) const;

 private:
  struct Member {
    entity::DocumentPtr document;
    std::string arn;  // empty for an inline policy
  };
  struct Layer {
    std::vector<Member> members;  // until Finish
    std::vector<entity::DocumentPtr> documents;
    std::vector<const policy::CompiledPolicy*> policies;
    std::vector<std::string> arns;
    snapshot::EffectiveProgram program;

    policy::PolicySet::Policies View(const policy::PolicyIndex*& index) const;
  };
  void AddManaged(Layer& layer, const snapshot::AccountState& account, const std::string& arn);
  void AddInline(Layer& layer, const entity::InlinePolicies& policies);
  void AddUser(const snapshot::AccountState& account, const entity::User& user);
  void AddRole(const snapshot::AccountState& account, const entity::Role& role);
  void AddBoundary(const snapshot::AccountState& account, const std::string& arn);
  void AddSession(const snapshot::AccountState& account, const auth::Session& session);
  void Finish(Layer& layer);

  CompiledCache& cache_;
  bool complete_ = true;
  bool name_context_keys_ = false;
  Layer identity_;
  std::optional<Layer> boundary_;
  std::optional<Layer> session_;
  std::vector<Layer> scopes_;  // of one inline policy each
};

}  // namespace wardkeep::pipeline
