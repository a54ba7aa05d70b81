#include "service/sts/assume_role.h"

#include <algorithm>
#include <utility>

#include "api/sts/errors.h"
#include "api/sts/types.h"
#include "base/ascii.h"
#include "entity/arn.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::ReadContext;

constexpr int32_t kDefaultDuration = 3600;
constexpr int32_t kChainedLimit = 3600;

bool HasKey(const std::vector<auth::SessionTag>& tags, std::string_view key) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](const auth::SessionTag& tag) { return base::EqualsIgnoreAsciiCase(tag.key, key); });
}

bool IsTransitive(const auth::Session& session, std::string_view key) {
  return std::any_of(session.transitive_tag_keys.begin(), session.transitive_tag_keys.end(),
                     [&](const std::string& other) { return base::EqualsIgnoreAsciiCase(other, key); });
}

// Tags of the request, which must leave alone the transitive ones that the calling session hands on
// (policy-semantics 5.3).
ApiResult<void> SetTags(const ReadContext& context, const api::sts::AssumeRoleRequest& request,
                        auth::Session& session) {
  WK_ASSIGN(session.tags, ReadSessionTags(request.tags));
  session.transitive_tag_keys = request.transitive_tag_keys.value_or(std::vector<std::string>());
  for (const std::string& key : session.transitive_tag_keys) {
    if (!HasKey(session.tags, key)) {
      return api::InvalidParameterValue(
          "The specified transitive tag key must be included in the requested tags.");
    }
  }
  if (!context.caller.session) return {};
  const auth::Session& calling = *context.caller.session;
  for (const auth::SessionTag& tag : session.tags) {
    if (IsTransitive(calling, tag.key)) {
      return api::InvalidParameterValue(
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag "
          "key from the "
          "calling session.");
    }
  }
  return {};
}

// Set once in a chain of sessions and never changed.
ApiResult<void> SetSourceIdentity(const ReadContext& context, const api::sts::AssumeRoleRequest& request,
                                  auth::Session& session) {
  session.source_identity = request.source_identity.value_or("");
  const std::string inherited =
      context.caller.session ? context.caller.session->source_identity : std::string();
  if (inherited.empty()) return {};
  if (!session.source_identity.empty() && session.source_identity != inherited) {
    return api::AccessDenied("The source identity of a session cannot be changed: it is already " +
                             inherited + ".");
  }
  return {};
}

ApiResult<void> CheckDuration(int32_t duration, const entity::Role& role, bool chained) {
  if (duration > role.max_session_duration) {
    return api::ValidationError(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  if (chained && duration > kChainedLimit) {
    return api::ValidationError(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
  }
  return {};
}

// The caller has been authorised against the role's trust policy and its own policies.
ApiResult<api::sts::AssumeRoleResponse> AssumeRole(const ReadContext& context,
                                                   const api::sts::AssumeRoleRequest& request) {
  const entity::Role* role = context.target.role;
  const snapshot::AccountStatePtr& account = context.target.account;
  // Never authorised without a trust policy; the words are those of a role that never was.
  if (role == nullptr) {
    return api::AccessDenied(
        "User: " + context.caller.principal.arn +
        " is not authorized to perform: sts:AssumeRole on resource: " + *request.role_arn);
  }
  // Assertions of a context provider cannot be verified here, and a session must not pretend that they were.
  if (request.provided_contexts && !request.provided_contexts->empty()) {
    return api::sts::InvalidContextAssertion(
        "The context assertion is from no context provider that is trusted here.");
  }
  auth::Session session;
  session.kind = auth::SessionKind::kAssumedRole;
  session.account_id = account->id();
  session.principal_id = role->id;
  session.role_name = role->name;
  session.role_path = role->path;
  session.session_name = *request.role_session_name;
  session.mfa_authenticated = context.caller.mfa_at.has_value();
  session.mfa_at = context.caller.mfa_at;
  const int32_t duration = request.duration_seconds.value_or(kDefaultDuration);
  WK_TRY(CheckDuration(duration, *role, CallingSession(context) != nullptr));
  WK_TRY(ReadSessionPolicies(*account, request.policy, request.policy_arns, session));
  WK_TRY(SetTags(context, request, session));
  WK_TRY(SetSourceIdentity(context, request, session));
  api::sts::AssumeRoleResponse response;
  response.assumed_role_user = api::sts::AssumedRoleUser{
      .assumed_role_id = role->id + ":" + session.session_name,
      .arn = entity::AssumedRoleArn(account->id(), role->name, session.session_name)};
  const auto made = auth::IssuedSession::Assumed(std::move(session), CallingSession(context),
                                                 std::chrono::seconds(role->max_session_duration),
                                                 IssueNow(context, duration));
  WK_ASSIGN(IssuedCredentials issued, IssueCredentials(context, made, request.minimum_session_token_size));
  if (!made->session().source_identity.empty()) response.source_identity = made->session().source_identity;
  response.credentials = std::move(issued.credentials);
  response.packed_policy_size = issued.packed_policy_size;
  response.session_token_utilization = issued.token_utilization;
  response.session_token_size = issued.token_size;
  return response;
}

}  // namespace

void RegisterAssumeRole(pipeline::Registry& registry) {
  registry.ReadWithTokenCode("sts", "AssumeRole", AssumeRole);
}

}  // namespace wardkeep::service::sts
