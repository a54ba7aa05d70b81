#include "service/iam/simulation.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "entity/arn.h"
#include "service/iam/context_key_names.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using policy::Effect;
using policy::Explanation;
using policy::MatchedStatement;
using policy::PolicyType;
using policy::Verdict;

constexpr std::string_view kResourceAccount = "aws:ResourceAccount";

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllowed:
      return "allowed";
    case Verdict::kExplicitDeny:
      return "explicitDeny";
    case Verdict::kImplicitDeny:
      return "implicitDeny";
  }
  return "";
}

// What the matched statements among `matched` that satisfy `of_layer` come to.
template <typename OfLayer>
Verdict VerdictOf(const Explanation& explanation, OfLayer of_layer) {
  Verdict verdict = Verdict::kImplicitDeny;
  for (const MatchedStatement& statement : explanation.matched) {
    if (!of_layer(statement.ref)) continue;
    if (statement.effect == Effect::kDeny) return Verdict::kExplicitDeny;
    verdict = Verdict::kAllowed;
  }
  return verdict;
}

auto OfType(PolicyType type) {
  return [type](const policy::StatementRef& ref) { return ref.type == type; };
}

// A resource policy that hands the decision to the account's identity policies, as keys and roles commonly
// have.
policy::PolicyPtr MakeDelegation(const std::string& account) {
  const std::string text =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::)" + account +
      R"(:root"},"Action":"*","Resource":"*"}})";
  const policy::ParseOutcome outcome = policy::ParseDocument(text, policy::DocumentKind::kResource);
  return outcome.document == nullptr ? nullptr : policy::Compile(*outcome.document);
}

// Explicit denies before implicit ones before allows.
Verdict Worse(Verdict a, Verdict b) {
  const auto rank = [](Verdict v) {
    return v == Verdict::kExplicitDeny ? 2 : v == Verdict::kImplicitDeny ? 1 : 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

// Policy, line and column.
using StatementKey = std::tuple<std::string, int32_t, int32_t>;

// Adds those of `some` that were not `seen`.
void AddNew(const std::vector<api::iam::Statement>& some, std::set<StatementKey>& seen,
            std::vector<api::iam::Statement>& all) {
  for (const api::iam::Statement& statement : some) {
    StatementKey key{*statement.source_policy_id, *statement.start_position->line,
                     *statement.start_position->column};
    if (seen.insert(std::move(key)).second) all.push_back(statement);
  }
}

}  // namespace

Simulation::Layer Simulation::MakeLayer(const SimulationLayer& policies) {
  Layer layer;
  for (const SimulationPolicy& policy : policies) layer.compiled.push_back(policy.document->compiled());
  if (!layer.compiled.empty()) layer.index = policy::MakeIndex(layer.compiled);
  return layer;
}

Simulation::Simulation(SimulationPolicies policies, SimulationCaller caller)
    : policies_(std::move(policies)),
      resource_owner_(std::move(caller.resource_owner)),
      owner_is_fixed_(caller.context.Find(kResourceAccount) != nullptr),
      identity_(MakeLayer(policies_.identity)) {
  request_.principal = std::move(caller.principal);
  request_.context = std::move(caller.context);
  ContextKeyNames names;
  names.AddAll(policies_);
  missing_keys_ = std::move(names).Take();
  std::erase_if(missing_keys_, [this](const std::string& key) {
    return request_.context.Find(key) != nullptr ||
           base::AsciiLower(key) == base::AsciiLower(kResourceAccount);
  });
  set_.identity = identity_.View();
  set_.indexes.identity = identity_.index.get();
  if (policies_.boundary) {
    boundary_ = MakeLayer(*policies_.boundary);
    set_.permissions_boundary = boundary_.View();
    set_.indexes.permissions_boundary = boundary_.index.get();
  }
  if (policies_.organization) {
    for (const SimulationLayer& level : *policies_.organization) levels_.push_back(MakeLayer(level));
    for (const Layer& level : levels_) level_views_.push_back({level.View(), level.index.get()});
    set_.service_control = level_views_;
  }
  if (policies_.resource) {
    set_.resource = policies_.resource->document->compiled();
  } else {
    delegation_ = MakeDelegation(request_.principal.account_id);
  }
}

void Simulation::SetResource(const std::string& resource) {
  request_.resource = resource;
  const auto parts = entity::SplitArn(resource);
  request_.resource_account =
      parts && base::IsAccountId(parts->account) ? std::string(parts->account) : resource_owner_;
  if (!owner_is_fixed_) request_.context.Set(kResourceAccount, request_.resource_account);
}

// Without a resource policy the simulator of AWS looks at identity policies only; roles and keys of the own
// account, whose policy must agree, are therefore taken to leave the decision to the account.
bool Simulation::LeavesToAccount(const std::string& action) const {
  if (policies_.resource || request_.resource_account != request_.principal.account_id) return false;
  return policy::IsTrustAction(action) || base::AsciiLower(action).starts_with("kms:");
}

policy::Decision Simulation::Decide(const std::string& action, const std::string& resource,
                                    Explanation& explanation) {
  SetResource(resource);
  request_.action = action;
  if (!policies_.resource) set_.resource = LeavesToAccount(action) ? delegation_.get() : nullptr;
  const policy::Decision decision = policy::Evaluate(request_, set_, &explanation);
  if (!policies_.resource) {
    std::erase_if(explanation.matched, [](const MatchedStatement& statement) {
      return statement.ref.type == PolicyType::kResource;
    });
  }
  return decision;
}

const SimulationPolicy& Simulation::PolicyOf(const policy::StatementRef& ref) const {
  if (ref.type == PolicyType::kResource) return *policies_.resource;
  if (ref.type == PolicyType::kPermissionsBoundary) return (*policies_.boundary)[ref.policy];
  if (ref.type != PolicyType::kServiceControl) return policies_.identity[ref.policy];
  std::size_t number = ref.policy;
  std::size_t level = 0;
  for (; number >= (*policies_.organization)[level].size(); ++level)
    number -= (*policies_.organization)[level].size();
  return (*policies_.organization)[level][number];
}

api::iam::Statement Simulation::ShowStatement(const policy::StatementRef& ref) {
  const SimulationPolicy& policy = PolicyOf(ref);
  const entity::StoredDocument* document = policy.document.get();
  auto known = std::ranges::find_if(positions_, [&](const auto& row) { return row.first == document; });
  if (known == positions_.end()) {
    positions_.emplace_back(document, FindStatementPositions(document->text(), *document->compiled()));
    known = positions_.end() - 1;
  }
  const StatementPositions& at = known->second[ref.statement];
  const auto show = [](policy::Position position) {
    return api::iam::Position{static_cast<int32_t>(position.line), static_cast<int32_t>(position.column)};
  };
  return {.source_policy_id = policy.id,
          .source_policy_type = std::string(SimulationTypeName(ref.type)),
          .start_position = show(at.start),
          .end_position = show(at.end)};
}

// The statements that determine the result: the denies, or else what grants.
std::vector<api::iam::Statement> Simulation::ShowMatched(Verdict verdict, const Explanation& explanation) {
  std::vector<api::iam::Statement> shown;
  if (verdict == Verdict::kImplicitDeny) return shown;
  for (const MatchedStatement& statement : explanation.matched) {
    const bool grants =
        statement.ref.type == PolicyType::kIdentity || statement.ref.type == PolicyType::kResource;
    const bool decides = verdict == Verdict::kExplicitDeny ? statement.effect == Effect::kDeny : grants;
    if (decides) shown.push_back(ShowStatement(statement.ref));
  }
  return shown;
}

bool Simulation::AllowedByBoundary(const Explanation& explanation) const {
  return VerdictOf(explanation, OfType(PolicyType::kPermissionsBoundary)) == Verdict::kAllowed;
}

bool Simulation::AllowedByOrganization(const Explanation& explanation) const {
  if (request_.principal.is_service_linked_role) return true;
  std::size_t first = 0;
  for (const SimulationLayer& level : *policies_.organization) {
    const std::size_t end = first + level.size();
    const Verdict verdict = VerdictOf(explanation, [&](const policy::StatementRef& ref) {
      return ref.type == PolicyType::kServiceControl && ref.policy >= first && ref.policy < end;
    });
    if (verdict != Verdict::kAllowed) return false;
    first = end;
  }
  return true;
}

std::vector<std::pair<std::string, std::string>> Simulation::ShowLayers(
    const Explanation& explanation) const {
  std::vector<std::pair<std::string, std::string>> layers;
  if (request_.resource_account == request_.principal.account_id) return layers;
  const auto add = [&](PolicyType type, Verdict verdict) {
    layers.emplace_back(SimulationTypeName(type), VerdictName(verdict));
  };
  for (const PolicyType type : {PolicyType::kIdentity, PolicyType::kResource}) {
    add(type, VerdictOf(explanation, OfType(type)));
  }
  if (policies_.boundary) {
    add(PolicyType::kPermissionsBoundary, VerdictOf(explanation, OfType(PolicyType::kPermissionsBoundary)));
  }
  if (policies_.organization) {
    const Verdict found = VerdictOf(explanation, OfType(PolicyType::kServiceControl));
    add(PolicyType::kServiceControl,
        found == Verdict::kAllowed && !AllowedByOrganization(explanation) ? Verdict::kImplicitDeny : found);
  }
  return layers;
}

api::iam::EvaluationResult Simulation::OnResources(const std::string& action,
                                                   std::span<const std::string> resources, bool named) {
  api::iam::EvaluationResult all;
  all.eval_action_name = action;
  all.eval_resource_name =
      resources.size() == 1 ? resources.front() : templates_.Of(action, resources.front());
  all.matched_statements.emplace();
  all.missing_context_values = missing_keys_;
  if (named) all.resource_specific_results.emplace();
  bool by_organization = true;
  bool by_boundary = true;
  std::optional<Verdict> worst;
  std::set<StatementKey> seen;
  for (const std::string& resource : resources) {
    Explanation explanation;
    const Verdict verdict = Decide(action, resource, explanation).verdict;
    const bool decides = !worst || Worse(*worst, verdict) != *worst;
    if (decides) worst = verdict;
    if (decides && named) all.eval_decision_details = ShowLayers(explanation);
    const bool organization = policies_.organization && AllowedByOrganization(explanation);
    const bool boundary = policies_.boundary && AllowedByBoundary(explanation);
    by_organization = by_organization && organization;
    by_boundary = by_boundary && boundary;
    std::vector<api::iam::Statement> matched = ShowMatched(verdict, explanation);
    AddNew(matched, seen, *all.matched_statements);
    if (!named) continue;
    api::iam::ResourceSpecificResult& shown = all.resource_specific_results->emplace_back();
    shown.eval_resource_name = resource;
    shown.eval_resource_decision = VerdictName(verdict);
    shown.matched_statements = std::move(matched);
    shown.missing_context_values = missing_keys_;
    if (policies_.boundary) {
      shown.permissions_boundary_decision_detail = api::iam::PermissionsBoundaryDecisionDetail{boundary};
    }
  }
  all.eval_decision = VerdictName(*worst);
  if (policies_.organization) {
    all.organizations_decision_detail = api::iam::OrganizationsDecisionDetail{by_organization};
  }
  if (policies_.boundary) {
    all.permissions_boundary_decision_detail = api::iam::PermissionsBoundaryDecisionDetail{by_boundary};
  }
  return all;
}

}  // namespace wardkeep::service::iam
