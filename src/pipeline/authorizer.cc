#include "pipeline/authorizer.h"

#include "entity/arn.h"
#include "json/writer.h"
#include "policy/explain/denial_text.h"
#include "timezone/recurring_time.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::pipeline {

Authorizer::Authorizer(const Services& services, const CallerIdentity& caller, const RequestFacts& facts)
    : services_(services), caller_(caller), facts_(facts) {}

const Authorizer::Gathered& Authorizer::Gather() const {
  if (gathered_ == nullptr) {
    gathered_.reset(new Gathered{std::nullopt, ApplicablePolicies(caller_, services_.compiled)});
  }
  return *gathered_;
}

const policy::RequestContext& Authorizer::RequestKeys() const {
  Gather();
  if (!gathered_->global_keys) {
    gathered_->global_keys = GlobalKeys(facts_, caller_);
    const std::vector<std::string> recurring = gathered_->policies.KeysWithPrefix("wardkeep:");
    if (!recurring.empty()) timezone::FillRecurringTimeKeys(facts_.now, recurring, *gathered_->global_keys);
  }
  return *gathered_->global_keys;
}

policy::Request Authorizer::MakeRequest(const AccessQuestion& question, bool with_context) const {
  policy::Request request;
  request.principal = caller_.principal;
  request.action = question.action;
  request.resource = question.resource;
  request.wildcard_only = question.wildcard_only;
  request.resource_account = question.resource_account;
  if (request.resource_account.empty()) {
    const auto parts = entity::SplitArn(question.resource);
    request.resource_account =
        parts && base::IsAccountId(parts->account) ? std::string(parts->account) : caller_.account_id.value();
  }
  if (!with_context) return request;
  request.context = RequestKeys();
  request.context.SetDefault("aws:ResourceAccount", request.resource_account);
  for (const auto& [key, value] : question.keys) request.context.Set(key, value);
  for (const auto& [key, values] : question.multi_keys) request.context.SetMulti(key, values);
  return request;
}

policy::Decision Authorizer::Decide(const AccessQuestion& question) const {
  const ApplicablePolicies& policies = Gather().policies;
  if (!policies.complete()) return {};
  // Making the keys costs more than deciding; policies without conditions and variables look at none of them.
  const bool asks_keys = policies.name_context_keys() || (question.resource_policy != nullptr &&
                                                          !question.resource_policy->context_keys().empty());
  policy::Request request = MakeRequest(question, asks_keys);
  policy::PolicySet set = policies.View();
  set.resource = question.resource_policy;
  if (question.resource_policy != nullptr) {
    std::vector<std::string> recurring;
    for (const std::string& key : question.resource_policy->context_keys()) {
      if (key.starts_with("wardkeep:")) recurring.push_back(key);
    }
    if (!recurring.empty()) timezone::FillRecurringTimeKeys(facts_.now, recurring, request.context);
  }
  policy::Decision decision = policy::Evaluate(request, set);
  for (policy::PolicySet& scope : policies.ScopeViews()) {
    if (!decision.allowed()) break;
    scope.resource = question.resource_policy;
    request.principal.is_narrowed = true;
    decision = policy::Evaluate(request, scope);
  }
  return decision;
}

base::Result<void, api::ApiError> Authorizer::Require(const AccessQuestion& question) const {
  const policy::Decision decision = Decide(question);
  if (decision.allowed()) return {};
  return Refusal(question, decision);
}

api::ApiError Authorizer::Refusal(const AccessQuestion& question, const policy::Decision& decision) const {
  std::string_view deciding_arn;
  if (decision.statement) deciding_arn = Gather().policies.ArnOf(*decision.statement);
  const std::string& shown = question.shown_resource.empty() ? question.resource : question.shown_resource;
  api::ApiError error = api::AccessDenied(
      policy::DenialText(caller_.principal.arn, question.action, shown, decision, deciding_arn));

  // The sealed account of the refusal, for sts:DecodeAuthorizationMessage.
  json::Writer writer;
  writer.BeginObject();
  writer.Key("allowed").Bool(false);
  writer.Key("explicitDeny").Bool(decision.verdict == policy::Verdict::kExplicitDeny);
  writer.Key("matchedStatements").BeginObject().Key("items").BeginArray();
  if (decision.statement) {
    writer.BeginObject();
    writer.Key("policyType").String(policy::PolicyTypeName(decision.statement->type));
    writer.Key("policyArn").String(deciding_arn);
    writer.Key("statement").Int(decision.statement->statement);
    writer.EndObject();
  }
  writer.EndArray().EndObject();
  writer.Key("failures").BeginObject().Key("items").BeginArray();
  for (int type = 0; type < policy::kPolicyTypeCount; ++type) {
    const auto policy_type = static_cast<policy::PolicyType>(type);
    if (decision.missing_layers.Has(policy_type)) writer.String(policy::PolicyTypeName(policy_type));
  }
  writer.EndArray().EndObject();
  writer.Key("context").BeginObject();
  writer.Key("principal").BeginObject();
  writer.Key("id").String(caller_.user_id);
  writer.Key("arn").String(caller_.principal.arn);
  writer.EndObject();
  writer.Key("action").String(question.action);
  writer.Key("resource").String(question.resource);
  writer.Key("conditions").BeginObject().Key("items").BeginArray();
  const policy::Request request = MakeRequest(question, true);
  for (const policy::RequestContext::Entry& entry : request.context.entries()) {
    writer.BeginObject().Key("key").String(entry.key);
    writer.Key("values").BeginObject().Key("items").BeginArray();
    for (const std::string& value : entry.values) writer.BeginObject().Key("value").String(value).EndObject();
    writer.EndArray().EndObject().EndObject();
  }
  writer.EndArray().EndObject().EndObject().EndObject();
  auto sealed = services_.keys.authorization_messages.Seal(caller_.account_id, writer.text());
  if (sealed) error.members.emplace_back("EncodedAuthorizationMessage", std::move(sealed).value());
  return error;
}

}  // namespace wardkeep::pipeline
