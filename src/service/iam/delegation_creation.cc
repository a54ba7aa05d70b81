#include "service/iam/delegation_creation.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "service/iam/delegation_state.h"
#include "service/iam/delegation_template.h"
#include "service/iam/policy_input.h"
#include "service/iam/quota_check.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;
using Request = api::iam::CreateDelegationRequestRequest;

constexpr std::size_t kMaxSessionPolicy = 2048;  // the policy becomes that of a session
constexpr std::size_t kMaxRequestorName = 30;

// The account that is to decide: the caller's own unless another one is named.
std::optional<base::AccountId> HomeOf(const Request& request) {
  if (!request.owner_account_id) return std::nullopt;
  return base::AccountId(*request.owner_account_id);
}

// A managed policy of the requestor's account or of AWS.
ApiResult<std::string> ReadTemplate(const ReadContext& context, const std::string& arn) {
  if (const entity::ManagedPolicy* own = context.account.FindPolicyByArn(arn)) {
    return own->default_document().document->text();
  }
  const auto managed = catalog::FindManagedPolicy(arn);
  if (!managed) return api::iam::InvalidInput("The policy template " + arn + " cannot be found.");
  return catalog::ManagedPolicyDocument(*managed);
}

std::vector<entity::PolicyParameter> ReadParameters(const api::iam::DelegationPermission& permission) {
  std::vector<entity::PolicyParameter> parameters;
  if (!permission.parameters) return parameters;
  for (const auto& given : *permission.parameters) {
    parameters.push_back({.name = given.name.value_or(""),
                          .is_list = given.type == "stringList",
                          .values = given.values.value_or(std::vector<std::string>())});
  }
  return parameters;
}

ApiResult<void> CheckChannel(const std::string& channel) {
  const auto parts = entity::SplitArn(channel);
  if (parts && parts->service == "sns" && base::IsAccountId(parts->account)) return {};
  return api::iam::InvalidInput("NotificationChannel must be the ARN of an SNS topic.");
}

ApiResult<std::string> MakePolicy(const ReadContext& context,
                                  const api::iam::DelegationPermission& permission) {
  if (!permission.policy_template_arn) {
    return api::iam::InvalidInput("Permissions must name a PolicyTemplateArn.");
  }
  WK_ASSIGN(const std::string text, ReadTemplate(context, *permission.policy_template_arn));
  WK_ASSIGN(std::string filled, FillTemplate(text, ReadParameters(permission)));
  if (const auto read = ReadDocument(filled, policy::DocumentKind::kIdentity); !read) {
    return api::iam::InvalidInput("The policy template cannot be filled in: " + read.error().message);
  }
  if (policy::CountPolicyCharacters(filled) > kMaxSessionPolicy) {
    return api::iam::InvalidInput("The policy is longer than " + std::to_string(kMaxSessionPolicy) +
                                  " characters.");
  }
  return filled;
}

// Everything that only the requestor's account knows.
ApiResult<entity::DelegationRequest> Prepare(const ReadContext& context, const Request& request) {
  if (request.owner_account_id &&
      context.services.directory.Find(base::AccountId(*request.owner_account_id)) == nullptr) {
    return api::iam::InvalidInput("The account " + *request.owner_account_id + " cannot be found.");
  }
  WK_TRY(CheckChannel(*request.notification_channel));
  entity::DelegationRequest made;
  WK_ASSIGN(made.policy, MakePolicy(context, *request.permissions));
  made.id = base::RandomUuid(context.services.rng);
  made.names_owner_account = request.owner_account_id.has_value();
  made.requestor = context.caller.account_id;
  made.requestor_name = base::BeginningOf(context.account.account().name, kMaxRequestorName);
  made.description = *request.description;
  made.message = request.request_message.value_or("");
  made.workflow_id = *request.requestor_workflow_id;
  made.notification_channel = *request.notification_channel;
  made.redirect_url = request.redirect_url.value_or("");
  made.template_arn = *request.permissions->policy_template_arn;
  made.parameters = ReadParameters(*request.permissions);
  made.session_duration = *request.session_duration;
  made.only_send_by_owner = request.only_send_by_owner.value_or(false);
  made.create_date = context.now;
  made.update_date = context.now;
  made.expiration = FirstExpiration(context.now);
  return made;
}

// Runs in the account that is to decide.
ApiResult<api::iam::CreateDelegationRequestResponse> Create(WriteContext& context, const Request&,
                                                            const entity::DelegationRequest& made) {
  std::vector<std::string> forgotten;
  bool running = false;
  context.account().delegation_requests().ForEach(
      [&](const std::string& id, const snapshot::DelegationRequestPtr& other) {
        if (IsForgotten(*other, context.now)) forgotten.push_back(id);
        running = running ||
                  (other->requestor == made.requestor && other->workflow_id == made.workflow_id &&
                   !IsExpired(*other, context.now) && other->state != entity::DelegationState::kRejected &&
                   other->state != entity::DelegationState::kFinalized);
      });
  if (running) {
    return api::iam::EntityAlreadyExists("A delegation request with the RequestorWorkflowId " +
                                         made.workflow_id + " already exists.");
  }
  for (const std::string& id : forgotten) context.edit.DeleteDelegationRequest(id);
  WK_TRY(CheckQuota(context, entity::Quota::kDelegationRequestsPerAccount,
                    context.account().delegation_requests().size()));
  context.edit.PutDelegationRequest(made);
  api::iam::CreateDelegationRequestResponse response;
  response.delegation_request_id = made.id;
  return response;
}

}  // namespace

void RegisterDelegationCreation(pipeline::Registry& registry) {
  registry.PreparedWriteIn("iam", "CreateDelegationRequest", HomeOf, Prepare, Create);
}

}  // namespace wardkeep::service::iam
