#include "service/signin/change_permission.h"

#include "pipeline/authorizer.h"

namespace wardkeep::service::signin {

bool MayChangePassword(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                       const entity::User& user, const base::HttpRequest& request, base::Instant now) {
  pipeline::CallerIdentity caller;
  caller.account = account;
  caller.account_id = account->id();
  caller.user = &user;
  caller.user_id = user.id;
  caller.principal.kind = policy::PrincipalKind::kUser;
  caller.principal.account_id = account->id().value();
  caller.principal.arn = account->UserArn(user);
  caller.principal.entity_id = user.id;
  const pipeline::RequestFacts facts{.http = request, .service = "iam", .region = "us-east-1", .now = now};
  const pipeline::Authorizer authorizer(services, caller, facts);
  pipeline::AccessQuestion question;
  question.action = "iam:ChangePassword";
  question.resource = caller.principal.arn;
  for (const auto& [key, value] : user.tags) {
    question.keys.emplace_back("aws:ResourceTag/" + key, value);
    question.keys.emplace_back("iam:ResourceTag/" + key, value);
  }
  if (!authorizer.policies_complete()) return false;
  const policy::Decision decision = authorizer.Decide(question);
  const auto& policy = account->account().password_policy;
  const bool granted_to_all = policy && policy->allow_users_to_change;
  return decision.allowed() || (granted_to_all && decision.verdict != policy::Verdict::kExplicitDeny);
}

}  // namespace wardkeep::service::signin
