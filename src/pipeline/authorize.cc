#include "pipeline/authorize.h"

#include <utility>

#include "api/sts/errors.h"
#include "entity/arn.h"
#include "pipeline/member_value.h"
#include "pipeline/operation_keys.h"
#include "pipeline/target.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::pipeline {
namespace {

using Outcome = base::Result<void, api::ApiError>;

AccessQuestion MakeQuestion(const api::Operation& operation, std::string_view action,
                            const api::AnyStruct& request, const Target& target) {
  AccessQuestion question;
  question.action = std::string(action);
  question.resource = target.arn;
  question.shown_resource = target.shown;
  question.wildcard_only = target.any;
  if (policy::IsTrustAction(action) && target.role != nullptr) {
    question.resource_policy = target.role->trust_policy->compiled();
  }
  AddOperationKeys(operation, request, target, question);
  return question;
}

// Owners need no permission. A session that is limited by a policy of its own is not the owner.
bool IsGrantedToOwner(const api::Operation& operation, const Target& target, const CallerIdentity& caller) {
  const bool limited = caller.session && caller.session->is_limited();
  return operation.owner_may && !limited && !target.owner_id.empty() && target.owner_id == caller.user_id;
}

// An ARN that cannot be taken apart is a fault of the request, not of the caller's rights (wire-protocols.md
// section 6).
Outcome CheckArnSyntax(const api::Operation& operation, const api::AnyStruct& request) {
  const api::ResourceTemplate& row = operation.resource;
  if (row.source != api::ResourceSource::kArn || row.type == api::ResourceType::kMfa || row.member == nullptr)
    return {};
  const std::string* arn = StringMember(request, *row.member);
  if (arn == nullptr) return {};
  const auto parts = entity::SplitArn(*arn);
  if (parts && (row.type != api::ResourceType::kRole || parts->resource.starts_with("role/"))) return {};
  if (operation.service->name == "iam") return api::ValidationError("Invalid ARN:  Could not be parsed!");
  return api::ValidationError(*arn + " is invalid");
}

// A session that hands tags or a source identity on to the role needs the same permissions as one that sends
// them (policy-semantics 4.6).
bool Inherits(std::string_view action, const CallerIdentity& caller) {
  if (!caller.session) return false;
  if (action == "sts:TagSession") return !caller.session->transitive_tag_keys.empty();
  return action == "sts:SetSourceIdentity" && !caller.session->source_identity.empty();
}

Outcome CheckPassRole(const api::Operation& operation, const api::AnyStruct& request,
                      const CallerIdentity& caller, const Services& services, const Authorizer& authorizer) {
  if (operation.pass_role.role == nullptr || IsAbsentOrEmpty(request, *operation.pass_role.role)) return {};
  const api::ResourceTemplate row{.type = api::ResourceType::kRole,
                                  .source = api::ResourceSource::kName,
                                  .member = operation.pass_role.role};
  const Target role = FindTarget(row, request, caller, services);
  AccessQuestion question;
  question.action = "iam:PassRole";
  question.resource = role.arn;
  if (!operation.pass_role.service.empty()) {
    question.keys.emplace_back("iam:PassedToService", std::string(operation.pass_role.service));
  }
  if (role.tags != nullptr) {
    for (const auto& [name, value] : *role.tags) {
      question.keys.emplace_back("aws:ResourceTag/" + name, value);
      question.keys.emplace_back("iam:ResourceTag/" + name, value);
    }
  }
  return authorizer.Require(question);
}

// AllowUsersToChangePassword of the account's password policy stands for a permission of every user of the
// account to change the own password and to see the policy (data-formats section 7). An explicit deny wins.
bool IsGrantedToUsers(const api::Operation& operation, const CallerIdentity& caller) {
  if (!caller.is_iam_user() || operation.service->name != "iam") return false;
  if (caller.session && caller.session->is_limited()) return false;
  const auto& policy = caller.account->account().password_policy;
  if (!policy || !policy->allow_users_to_change) return false;
  return operation.name == "ChangePassword" || operation.name == "GetAccountPasswordPolicy";
}

}  // namespace

base::Result<void, api::ApiError> CheckCredentialClass(const api::Operation& operation,
                                                       const CallerIdentity& caller) {
  if (!caller.session) {
    if (operation.service->name != "sts" || operation.name != "GetScopedCredentials") return {};
    return api::sts::InvalidSubjectCredentials(
        "GetScopedCredentials takes temporary credentials: call GetSessionToken or AssumeRole first.");
  }
  const auth::Session& session = *caller.session;
  const bool federated_user = session.kind == auth::SessionKind::kFederationToken;
  const bool session_token = session.kind == auth::SessionKind::kSessionToken;
  const std::string_view service = operation.service->name;
  // This text has no period, unlike that of a token that cannot be opened (policy-semantics 5.2).
  api::ApiError unusable = api::InvalidClientTokenId();
  unusable.message = "The security token included in the request is invalid";
  const bool manages = service == "iam" || service == "passkeys";
  // Someone signed in to the console may call IAM, whatever the session was made of (policy-semantics 5.1).
  const bool unfit = federated_user || (session_token && !session.mfa_authenticated);
  if (manages && unfit && !session.is_console) return unusable;
  if (service != "sts" || operation.name == "GetCallerIdentity" || operation.name == "GetScopedCredentials") {
    return {};
  }
  const bool issues_to_users = operation.name == "GetSessionToken" || operation.name == "GetFederationToken";
  if (issues_to_users || federated_user || (session_token && operation.name != "AssumeRole")) {
    return api::AccessDenied("Cannot call " + std::string(operation.name) + " with session credentials");
  }
  return {};
}

base::Result<Target, api::ApiError> Authorize(const api::Operation& operation, const api::AnyStruct& request,
                                              const CallerIdentity& caller, const Services& services,
                                              const Authorizer& authorizer) {
  WK_TRY(CheckCredentialClass(operation, caller));
  if (operation.authorize == api::Authorize::kExempt) return Target{};
  WK_TRY(CheckArnSyntax(operation, request));
  Target target = FindTarget(operation.resource, request, caller, services);
  const bool deny_only = operation.authorize == api::Authorize::kDenyOnly ||
                         IsGrantedToUsers(operation, caller) || IsGrantedToOwner(operation, target, caller);
  for (const api::RequiredAction& required : operation.actions) {
    const bool asked = required.when == nullptr || !IsAbsentOrEmpty(request, *required.when);
    if (!asked && !Inherits(required.action, caller)) continue;
    const AccessQuestion question = MakeQuestion(operation, required.action, request, target);
    if (deny_only && authorizer.policies_complete() &&
        authorizer.Decide(question).verdict != policy::Verdict::kExplicitDeny) {
      continue;
    }
    WK_TRY(authorizer.Require(question));
  }
  const bool renames =
      (operation.renamed.member != nullptr && !IsAbsentOrEmpty(request, *operation.renamed.member)) ||
      (operation.renamed.path_member != nullptr && !IsAbsentOrEmpty(request, *operation.renamed.path_member));
  if (renames) {
    Target moved = target;
    moved.arn = RenamedArn(operation.renamed, request, target);
    WK_TRY(authorizer.Require(MakeQuestion(operation, operation.actions.front().action, request, moved)));
  }
  WK_TRY(CheckPassRole(operation, request, caller, services, authorizer));
  return target;
}

}  // namespace wardkeep::pipeline
