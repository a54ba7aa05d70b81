#include "policy/evaluate/grant.h"

namespace wardkeep::policy {
namespace {

Decision AllowedBy(const StatementRef& statement) {
  Decision decision;
  decision.verdict = Verdict::kAllowed;
  decision.basis = Basis::kStatement;
  decision.statement = statement;
  return decision;
}

Decision AllowedAsRoot() {
  Decision decision;
  decision.verdict = Verdict::kAllowed;
  decision.basis = Basis::kRootUser;
  return decision;
}

// The resource policy's first statement that names the caller in one of `wanted`.
std::optional<StatementRef> ResourceAllow(const Votes& votes, MatchKinds wanted) {
  std::optional<StatementRef> first;
  votes.resource_kinds.Common(wanted).ForEach([&](MatchKind kind) {
    const uint32_t statement = votes.resource_allow[static_cast<std::size_t>(kind)];
    if (!first || statement < first->statement) first = StatementRef{PolicyType::kResource, 0, statement};
  });
  return first;
}

constexpr MatchKinds kAnyKind =
    MatchKinds::Of(MatchKind::kStar, MatchKind::kAccount, MatchKind::kUser, MatchKind::kRole,
                   MatchKind::kSession, MatchKind::kFederatedUser, MatchKind::kService, MatchKind::kProvider);

// Collects the layers that must allow and do not; with none missing, the statement allows.
class Requirements {
 public:
  Requirements& Need(PolicyType type, bool allows) {
    if (!allows) missing_.Add(type);
    return *this;
  }
  Decision AllowBy(const std::optional<StatementRef>& statement) const {
    if (missing_.empty() && statement) return AllowedBy(*statement);
    Decision decision;
    decision.missing_layers = missing_;
    return decision;
  }

 private:
  PolicyTypeSet missing_;
};

// What grants in the resource's own account, short of a direct grant: the identity policies (where the
// resource hands the decision to its account, if it has to) or the resource policy's naming of `entity`.
struct Source {
  std::optional<StatementRef> statement;
  PolicyType missing = PolicyType::kIdentity;
};

Source FindSource(const RequestFacts& facts, const Votes& votes, MatchKinds entity) {
  const bool delegated =
      !facts.resource_policy_is_mandatory() || votes.resource_kinds.Has(MatchKind::kAccount);
  Source source;
  source.missing = delegated ? PolicyType::kIdentity : PolicyType::kResource;
  if (delegated && votes.identity_allow) {
    source.statement = votes.identity_allow;
  } else {
    source.statement = ResourceAllow(votes, entity);
  }
  return source;
}

// A session that was narrowed on purpose, to lend it or to do less with it, stays within its policy: no grant
// to whom it stands for, direct or not, goes beyond that.
bool NarrowingAllows(const RequestFacts& facts, const Votes& votes) {
  return !facts.principal().is_narrowed || (votes.has_session && votes.session_allows);
}

// A grant to the user itself is not limited by the boundary, except when the user assumes a role (4.6).
Decision GrantUser(const RequestFacts& facts, const Votes& votes) {
  if (const auto direct = ResourceAllow(votes, MatchKinds::Of(MatchKind::kUser, MatchKind::kStar))) {
    const bool limited = facts.is_trust();
    return Requirements()
        .Need(PolicyType::kPermissionsBoundary, !limited || votes.boundary_allows)
        .Need(PolicyType::kSession, NarrowingAllows(facts, votes))
        .AllowBy(direct);
  }
  const Source source = FindSource(facts, votes, MatchKinds());
  return Requirements()
      .Need(source.missing, source.statement.has_value())
      .Need(PolicyType::kPermissionsBoundary, votes.boundary_allows)
      .Need(PolicyType::kSession, votes.session_allows && NarrowingAllows(facts, votes))
      .AllowBy(source.statement);
}

Decision GrantRoleSession(const RequestFacts& facts, const Votes& votes) {
  if (const auto direct = ResourceAllow(votes, MatchKinds::Of(MatchKind::kSession, MatchKind::kStar))) {
    return Requirements().Need(PolicyType::kSession, NarrowingAllows(facts, votes)).AllowBy(direct);
  }
  const Source source = FindSource(facts, votes, MatchKinds::Of(MatchKind::kRole));
  return Requirements()
      .Need(source.missing, source.statement.has_value())
      .Need(PolicyType::kPermissionsBoundary, votes.boundary_allows)
      .Need(PolicyType::kSession, votes.session_allows && NarrowingAllows(facts, votes))
      .AllowBy(source.statement);
}

// A federated session can do nothing without a session policy, unless it is named itself.
Decision GrantFederatedUser(const RequestFacts& facts, const Votes& votes) {
  if (const auto direct = ResourceAllow(votes, MatchKinds::Of(MatchKind::kFederatedUser, MatchKind::kStar))) {
    return AllowedBy(*direct);
  }
  const Source source = FindSource(facts, votes, MatchKinds::Of(MatchKind::kUser));
  return Requirements()
      .Need(source.missing, source.statement.has_value())
      .Need(PolicyType::kPermissionsBoundary, votes.boundary_allows)
      .Need(PolicyType::kSession, votes.has_session && votes.session_allows)
      .AllowBy(source.statement);
}

// The task policy of AssumeRoot is a session policy: an assumed root session without one can do nothing.
bool RootSessionAllows(const RequestFacts& facts, const Votes& votes) {
  return votes.session_allows && (votes.has_session || !facts.principal().is_assumed_root);
}

Decision GrantRoot(const RequestFacts& facts, const Votes& votes) {
  const bool session_allows = RootSessionAllows(facts, votes);
  if (!facts.resource_policy_is_mandatory() && session_allows) return AllowedAsRoot();
  const auto named = ResourceAllow(votes, MatchKinds::Of(MatchKind::kAccount, MatchKind::kStar));
  return Requirements()
      .Need(PolicyType::kResource, named.has_value() || !facts.resource_policy_is_mandatory())
      .Need(PolicyType::kSession, session_allows)
      .AllowBy(named);
}

// Callers outside IAM: the resource policy alone decides.
Decision GrantByResourceOnly(const Votes& votes, MatchKind kind) {
  const auto named = ResourceAllow(votes, MatchKinds::Of(kind, MatchKind::kStar));
  return Requirements().Need(PolicyType::kResource, named.has_value()).AllowBy(named);
}

// Both accounts must allow, in whatever way the resource policy names the caller (4.5).
Decision GrantAcrossAccounts(const RequestFacts& facts, const Votes& votes) {
  const std::optional<StatementRef> named = ResourceAllow(votes, kAnyKind);
  Requirements both;
  both.Need(PolicyType::kResource, named.has_value());
  if (facts.principal().kind == PrincipalKind::kRoot) {
    return both.Need(PolicyType::kSession, RootSessionAllows(facts, votes)).AllowBy(named);
  }
  const bool needs_session =
      facts.principal().kind == PrincipalKind::kFederatedUser || facts.principal().is_narrowed;
  return both.Need(PolicyType::kIdentity, votes.identity_allow.has_value())
      .Need(PolicyType::kPermissionsBoundary, votes.boundary_allows)
      .Need(PolicyType::kSession, votes.session_allows && (votes.has_session || !needs_session))
      .AllowBy(votes.identity_allow);
}

}  // namespace

Decision DecideGrant(const RequestFacts& facts, const Votes& votes) {
  switch (facts.principal().kind) {
    case PrincipalKind::kAnonymous:
      return GrantByResourceOnly(votes, MatchKind::kStar);
    case PrincipalKind::kService:
      return GrantByResourceOnly(votes, MatchKind::kService);
    case PrincipalKind::kFederated:
      return GrantByResourceOnly(votes, MatchKind::kProvider);
    case PrincipalKind::kRoot:
      return facts.is_same_account() ? GrantRoot(facts, votes) : GrantAcrossAccounts(facts, votes);
    case PrincipalKind::kUser:
      return facts.is_same_account() ? GrantUser(facts, votes) : GrantAcrossAccounts(facts, votes);
    case PrincipalKind::kRoleSession:
      return facts.is_same_account() ? GrantRoleSession(facts, votes) : GrantAcrossAccounts(facts, votes);
    case PrincipalKind::kFederatedUser:
      return facts.is_same_account() ? GrantFederatedUser(facts, votes) : GrantAcrossAccounts(facts, votes);
  }
  return {};
}

}  // namespace wardkeep::policy
