#include "policy/evaluate/layers.h"

#include <span>
#include <tuple>

#include "policy/compile/program.h"
#include "policy/evaluate/indexed_search.h"
#include "policy/evaluate/missing_keys.h"
#include "policy/evaluate/statement_match.h"
#include "policy/index/levels_program.h"

namespace wardkeep::policy {
namespace {

using Policies = PolicySet::Policies;
using Levels = std::span<const PolicySet::Level>;

// The index, if it was made for these very policies.
const EffectiveProgram* Usable(const PolicyIndex* index, Policies policies) {
  if (index == nullptr) return nullptr;
  const auto* program = static_cast<const EffectiveProgram*>(index);
  return program->IsOf(policies) ? program : nullptr;
}

const LevelsProgram* Usable(const LevelsIndex* index, Levels levels) {
  if (index == nullptr) return nullptr;
  const auto* program = static_cast<const LevelsProgram*>(index);
  return program->IsOf(levels) ? program : nullptr;
}

// Keeps the first of the statements it is shown.
struct FirstAllow {
  std::optional<StatementRef>& allow;
  void operator()(const StatementRef& ref, MatchKinds) const {
    const bool earlier =
        !allow || std::tie(ref.policy, ref.statement) < std::tie(allow->policy, allow->statement);
    if (earlier) allow = ref;
  }
};

// Keeps the levels whose Allow statements it is shown.
class AllowingLevels {
 public:
  explicit AllowingLevels(const LevelsProgram& program)
      : program_(&program), missing_(program.all() & ~program.open()) {}

  bool Wants(const Rule& rule) const { return (missing_ & program_->LevelOf(rule.policy)) != 0; }
  void operator()(const Rule& rule, MatchKinds) { missing_ &= ~program_->LevelOf(rule.policy); }
  void operator()(const StatementRef& ref, MatchKinds) { missing_ &= ~program_->LevelOf(ref.policy); }
  bool complete() const { return missing_ == 0; }

 private:
  const LevelsProgram* program_;
  LevelBits missing_;
};

// Walks policies of one kind and notes what applies.
class Walk {
 public:
  Walk(const RequestFacts& facts, Explanation* explanation)
      : facts_(facts), explanation_(explanation), missing_(facts.context()) {}

  // Calls `on_allow(ref, kinds)` for Allows that apply, in any order: for the first at least, for every one
  // if so wanted. Stops at the first Deny unless explaining. Policies are numbered from `first`.
  template <Wanted wanted, typename OnAllow>
  void Ask(PolicyType type, Policies policies, const PolicyIndex* index, uint32_t first, OnAllow on_allow) {
    const EffectiveProgram* program = Usable(index, policies);
    if (program == nullptr) {
      for (uint32_t i = 0; i < policies.size() && !done(); ++i)
        AskInTurn(type, first + i, *policies[i], on_allow);
    } else if (explanation_ == nullptr) {
      Search<wanted>(type, *program, first, on_allow);
    } else {
      AskInOrder(type, *program, first, on_allow);
    }
  }

  // The first Allow of a set of policies, numbered from `first`.
  std::optional<StatementRef> AskAll(PolicyType type, Policies policies, const PolicyIndex* index,
                                     uint32_t first = 0) {
    std::optional<StatementRef> allow;
    if (!done()) Ask<Wanted::kFirstAllow>(type, policies, index, first, FirstAllow{allow});
    return allow;
  }

  // Every level must allow.
  bool AskLevels(PolicyType type, Levels levels, const LevelsIndex* index) {
    const LevelsProgram* merged = Usable(index, levels);
    if (merged == nullptr) return AskEachLevel(type, levels);
    if (done()) return false;
    AllowingLevels allowing(*merged);
    const EffectiveProgram& program = merged->program();
    if (explanation_ != nullptr) {
      AskInOrder(type, program, 0, allowing);
    } else if (program.deny_count() != 0 || !allowing.complete()) {
      SearchLevels(type, program, allowing);
    }
    return allowing.complete();
  }

  // A deny was found and nobody wants to know more.
  bool done() const { return deny_.has_value() && explanation_ == nullptr; }
  const std::optional<StatementRef>& deny() const { return deny_; }
  void Finish() {
    if (explanation_ != nullptr) explanation_->missing_context_keys = missing_.Take();
  }

 private:
  // A level with the same index as one that allowed before it does so too, and does
  // not deny; an explanation names its statements nevertheless.
  bool AskEachLevel(PolicyType type, Levels levels) {
    bool all_allow = true;
    uint32_t first = 0;
    const PolicySet::Level* allowing = nullptr;
    for (const PolicySet::Level& level : levels) {
      const bool known = explanation_ == nullptr && allowing != nullptr && level.index == allowing->index &&
                         level.policies.data() == allowing->policies.data() &&
                         level.policies.size() == allowing->policies.size();
      if (!known) {
        if (AskAll(type, level.policies, level.index, first)) {
          allowing = &level;
        } else {
          all_allow = false;
        }
      }
      first += static_cast<uint32_t>(level.policies.size());
    }
    return all_allow;
  }

  template <typename OnAllow>
  void AskOne(const StatementRef& ref, const CompiledStatement& statement, OnAllow& on_allow) {
    MatchKinds kinds;
    if (!Applies(statement, facts_, explanation_ != nullptr ? &missing_ : nullptr, kinds)) return;
    if (explanation_ != nullptr) explanation_->matched.push_back({ref, statement.effect});
    if (statement.effect == Effect::kAllow) {
      on_allow(ref, kinds);
    } else if (!deny_) {
      deny_ = ref;
    }
  }

  template <typename OnAllow>
  void AskInTurn(PolicyType type, uint32_t index, const CompiledPolicy& policy, OnAllow& on_allow) {
    const auto statements = static_cast<const Program&>(policy).statements();
    for (uint32_t i = 0; i < statements.size() && !done(); ++i) {
      AskOne({type, index, i}, statements[i], on_allow);
    }
  }

  template <typename OnAllow>
  void AskInOrder(PolicyType type, const EffectiveProgram& program, uint32_t first, OnAllow& on_allow) {
    for (const Rule* rule : RulesInOrder(program, facts_.action())) {
      AskOne({type, first + rule->policy, rule->number}, *rule->statement, on_allow);
    }
  }

  void SearchLevels(PolicyType type, const EffectiveProgram& program, AllowingLevels& allowing) {
    const IndexedSearch<Wanted::kSomeAllow, AllowingLevels&> search(program, facts_, allowing);
    if (search.first_deny() == search.kNone) return;
    const Rule& rule = program.rules()[search.first_deny()];
    deny_ = StatementRef{type, rule.policy, rule.number};
  }

  template <Wanted wanted, typename OnAllow>
  void Search(PolicyType type, const EffectiveProgram& program, uint32_t first, OnAllow& on_allow) {
    const auto ref = [&](const Rule& rule) { return StatementRef{type, first + rule.policy, rule.number}; };
    const auto note = [&](const Rule& rule, MatchKinds kinds) { on_allow(ref(rule), kinds); };
    if (wanted == Wanted::kFirstAllow && program.allows_everything()) {
      return note(program.rules().front(), MatchKinds::Of(MatchKind::kStar));
    }
    const IndexedSearch<wanted, decltype(note)> search(program, facts_, note);
    if (search.first_deny() != search.kNone) deny_ = ref(program.rules()[search.first_deny()]);
  }

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
    votes.service_control_allows = walk.AskLevels(PolicyType::kServiceControl, *policies.service_control,
                                                  policies.indexes.service_control);
  }
  if (policies.resource_control && BindsResourceControl(facts)) {
    votes.resource_control_allows = walk.AskLevels(PolicyType::kResourceControl, *policies.resource_control,
                                                   policies.indexes.resource_control);
  }
  if (policies.endpoint) {
    votes.endpoint_allows =
        walk.AskAll(PolicyType::kEndpoint, *policies.endpoint, policies.indexes.endpoint).has_value();
  }
}

void AskResource(Walk& walk, const PolicySet& policies, Votes& votes) {
  // The index of the one policy has its own list of it.
  const PolicyIndex* index = policies.indexes.resource;
  const bool indexed =
      index != nullptr && index->policies().size() == 1 && index->policies()[0] == policies.resource;
  const Policies one = indexed ? index->policies() : Policies(&policies.resource, 1);
  const auto note = [&](const StatementRef& ref, MatchKinds kinds) {
    kinds.ForEach([&](MatchKind kind) {
      uint32_t& first = votes.resource_allow[static_cast<std::size_t>(kind)];
      if (!votes.resource_kinds.Has(kind) || ref.statement < first) first = ref.statement;
    });
    votes.resource_kinds.Add(kinds);
  };
  walk.Ask<Wanted::kEveryAllow>(PolicyType::kResource, one, index, 0, note);
}

// Identity policies belong to users and roles; root has none, only a task (4.8); nothing of the kind binds
// callers outside IAM (4.1 step 5).
void AskPrincipalLayers(Walk& walk, const RequestFacts& facts, const PolicySet& policies, Votes& votes) {
  const PrincipalKind kind = facts.principal().kind;
  const bool entity = kind == PrincipalKind::kUser || kind == PrincipalKind::kRoleSession ||
                      kind == PrincipalKind::kFederatedUser;
  if (entity)
    votes.identity_allow = walk.AskAll(PolicyType::kIdentity, policies.identity, policies.indexes.identity);
  if (facts.has_boundary()) {
    votes.boundary_allows = walk.AskAll(PolicyType::kPermissionsBoundary, *policies.permissions_boundary,
                                        policies.indexes.permissions_boundary)
                                .has_value();
  }
  if (policies.session && (entity || kind == PrincipalKind::kRoot)) {
    votes.has_session = true;
    votes.session_allows =
        walk.AskAll(PolicyType::kSession, *policies.session, policies.indexes.session).has_value();
  }
}

}  // namespace

Votes CollectVotes(const RequestFacts& facts, const PolicySet& policies, Explanation* explanation) {
  Walk walk(facts, explanation);
  Votes votes;
  AskOuterLayers(walk, facts, policies, votes);
  if (policies.resource != nullptr && !walk.done()) AskResource(walk, policies, votes);
  if (!walk.done()) AskPrincipalLayers(walk, facts, policies, votes);
  walk.Finish();
  votes.deny = walk.deny();
  return votes;
}

}  // namespace wardkeep::policy
