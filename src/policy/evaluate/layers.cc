#include "policy/evaluate/layers.h"

#include <span>

#include "policy/compile/program.h"
#include "policy/evaluate/missing_keys.h"
#include "policy/evaluate/statement_match.h"

namespace wardkeep::policy {
namespace {

using Policies = PolicySet::Policies;
using Levels = std::span<const PolicySet::Level>;

// Walks policies of one kind and notes what applies.
class Walk {
 public:
  Walk(const RequestFacts& facts, Explanation* explanation)
      : facts_(facts), explanation_(explanation), missing_(facts.request().context) {}

  // Calls `on_allow(ref, kinds)` for each Allow that applies. Stops at the first Deny unless explaining.
  template <typename OnAllow>
  void Ask(PolicyType type, uint32_t index, const CompiledPolicy& policy, OnAllow on_allow) {
    const auto statements = static_cast<const Program&>(policy).statements();
    for (uint32_t i = 0; i < statements.size(); ++i) {
      MatchKinds kinds;
      if (!Applies(statements[i], facts_, explanation_ != nullptr ? &missing_ : nullptr, kinds)) continue;
      const StatementRef ref{type, index, i};
      if (explanation_ != nullptr) explanation_->matched.push_back({ref, statements[i].effect});
      if (statements[i].effect == Effect::kAllow) {
        on_allow(ref, kinds);
      } else if (!deny_) {
        deny_ = ref;
        if (explanation_ == nullptr) return;
      }
    }
  }

  // The first Allow of a set of policies, numbered from `first`.
  std::optional<StatementRef> AskAll(PolicyType type, Policies policies, uint32_t first = 0) {
    std::optional<StatementRef> allow;
    for (std::size_t i = 0; i < policies.size() && !done(); ++i) {
      Ask(type, first + static_cast<uint32_t>(i), *policies[i], [&](const StatementRef& ref, MatchKinds) {
        if (!allow) allow = ref;
      });
    }
    return allow;
  }

  // Every level must allow.
  bool AskLevels(PolicyType type, Levels levels) {
    bool all_allow = true;
    uint32_t first = 0;
    for (const PolicySet::Level& level : levels) {
      if (!AskAll(type, level.policies, first)) all_allow = false;
      first += static_cast<uint32_t>(level.policies.size());
    }
    return all_allow;
  }

  // A deny was found and nobody wants to know more.
  bool done() const { return deny_.has_value() && explanation_ == nullptr; }
  const std::optional<StatementRef>& deny() const { return deny_; }
  void Finish() {
    if (explanation_ != nullptr) explanation_->missing_context_keys = missing_.Take();
  }

 private:
  const RequestFacts& facts_;
  Explanation* explanation_;
  MissingKeys missing_;
  std::optional<StatementRef> deny_;
};

// Service control policies bind the users, roles and root user of member accounts (4.3).
bool BindsServiceControl(const Principal& principal) {
  switch (principal.kind) {
    case PrincipalKind::kAnonymous:
    case PrincipalKind::kService:
    case PrincipalKind::kFederated:
      return false;
    case PrincipalKind::kRoot:
    case PrincipalKind::kUser:
    case PrincipalKind::kRoleSession:
    case PrincipalKind::kFederatedUser:
      return !principal.is_service_linked_role;
  }
  return true;
}

// Resource control policies bind every caller except service-linked roles, and not the retiring of grants
// (4.3).
bool BindsResourceControl(const RequestFacts& facts) {
  return !facts.principal().is_service_linked_role && facts.action() != "kms:retiregrant";
}

void AskOuterLayers(Walk& walk, const RequestFacts& facts, const PolicySet& policies, Votes& votes) {
  if (policies.service_control && BindsServiceControl(facts.principal())) {
    votes.service_control_allows = walk.AskLevels(PolicyType::kServiceControl, *policies.service_control);
  }
  if (policies.resource_control && BindsResourceControl(facts)) {
    votes.resource_control_allows = walk.AskLevels(PolicyType::kResourceControl, *policies.resource_control);
  }
  if (policies.endpoint) {
    votes.endpoint_allows = walk.AskAll(PolicyType::kEndpoint, *policies.endpoint).has_value();
  }
}

void AskResource(Walk& walk, const CompiledPolicy& policy, Votes& votes) {
  walk.Ask(PolicyType::kResource, 0, policy, [&](const StatementRef& ref, MatchKinds kinds) {
    for (std::size_t i = 0; i < kMatchKindCount; ++i) {
      const auto kind = static_cast<MatchKind>(i);
      if (kinds.Has(kind) && !votes.resource_kinds.Has(kind)) votes.resource_allow[i] = ref;
    }
    votes.resource_kinds.Add(kinds);
  });
}

// Identity policies belong to users and roles; root has none, only a task (4.8); nothing of the kind binds
// callers outside IAM (4.1 step 5).
void AskPrincipalLayers(Walk& walk, const RequestFacts& facts, const PolicySet& policies, Votes& votes) {
  const PrincipalKind kind = facts.principal().kind;
  const bool entity = kind == PrincipalKind::kUser || kind == PrincipalKind::kRoleSession ||
                      kind == PrincipalKind::kFederatedUser;
  if (entity) votes.identity_allow = walk.AskAll(PolicyType::kIdentity, policies.identity);
  if (facts.has_boundary()) {
    votes.boundary_allows =
        walk.AskAll(PolicyType::kPermissionsBoundary, *policies.permissions_boundary).has_value();
  }
  if (policies.session && (entity || kind == PrincipalKind::kRoot)) {
    votes.has_session = true;
    votes.session_allows = walk.AskAll(PolicyType::kSession, *policies.session).has_value();
  }
}

}  // namespace

Votes CollectVotes(const RequestFacts& facts, const PolicySet& policies, Explanation* explanation) {
  Walk walk(facts, explanation);
  Votes votes;
  AskOuterLayers(walk, facts, policies, votes);
  if (policies.resource != nullptr && !walk.done()) AskResource(walk, *policies.resource, votes);
  if (!walk.done()) AskPrincipalLayers(walk, facts, policies, votes);
  walk.Finish();
  votes.deny = walk.deny();
  return votes;
}

}  // namespace wardkeep::policy
