#include "service/iam/delegation_creation.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "service/iam/delegation_consent.h"
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
// Of requests in an account that another account made: its share of that account's quota.
constexpr std::size_t kMostOfOneRequestor = 50;

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

// The same for accounts that do not exist: whether one does is not to be asked this way.
api::ApiError NotAccepted(const std::string& account) {
  return api::iam::InvalidInput(
      "The account " + account +
      " does not accept delegation requests from this account. Its administrator can "
      "allow them with the account property " +
      std::string(kAcceptFromProperty) + ".");
}

// Everything that only the requestor's account knows.
ApiResult<entity::DelegationRequest> Prepare(const ReadContext& context, const Request& request) {
  if (request.owner_account_id) {
    const auto owner = context.services.directory.Find(base::AccountId(*request.owner_account_id));
    if (owner == nullptr || !AcceptsDelegationRequests(owner->account(), context.caller.account_id)) {
      return NotAccepted(*request.owner_account_id);
    }
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

bool IsOver(const entity::DelegationRequest& request, base::Instant now) {
  if (request.state == entity::DelegationState::kFinalized) {
    return request.update_date + std::chrono::seconds(request.session_duration) <= now;
  }
  return request.state == entity::DelegationState::kRejected || IsExpired(request, now);
}

bool IsRunning(const entity::DelegationRequest& request, base::Instant now) {
  return !IsExpired(request, now) && request.state != entity::DelegationState::kRejected &&
         request.state != entity::DelegationState::kFinalized;
}

// Makes room for a request: forgets what is forgotten, and where its requestor's share is full the oldest of
// its requests that are over. Others cannot take the room of the account's own requests, nor that of each
// other.
ApiResult<void> MakeRoom(WriteContext& context, const entity::DelegationRequest& made) {
  const bool own = made.requestor == context.account().id();
  std::vector<std::string> forgotten;
  std::vector<std::pair<base::Instant, std::string>> over;  // of this requestor
  std::size_t of_requestor = 0;
  std::size_t of_others = 0;
  context.account().delegation_requests().ForEach(
      [&](const std::string& id, const snapshot::DelegationRequestPtr& other) {
        if (IsForgotten(*other, context.now)) return forgotten.push_back(id);
        if (other->requestor != context.account().id()) ++of_others;
        if (other->requestor != made.requestor) return;
        ++of_requestor;
        if (IsOver(*other, context.now)) over.emplace_back(other->update_date, id);
      });
  for (const std::string& id : forgotten) context.edit.DeleteDelegationRequest(id);
  const auto most = static_cast<std::size_t>(
      context.services.limits.Limit(context.account().id(), entity::Quota::kDelegationRequestsPerAccount));
  const std::size_t share = own ? most : std::min(most, kMostOfOneRequestor);
  if (of_requestor >= share && !over.empty()) {
    context.edit.DeleteDelegationRequest(std::min_element(over.begin(), over.end())->second);
    --of_requestor;
    if (!own) --of_others;
  }
  if (own) return CheckQuota(context, entity::Quota::kDelegationRequestsPerAccount, of_requestor);
  if (of_requestor < share && of_others < most) return {};
  return api::iam::LimitExceeded(
      "Too many delegation requests of this account wait in the account that is asked. "
      "Ask again when some of them are over.");
}

// Runs in the account that is to decide.
ApiResult<api::iam::CreateDelegationRequestResponse> Create(WriteContext& context, const Request&,
                                                            const entity::DelegationRequest& made) {
  const entity::Account& owner = context.account().account();
  if (!AcceptsDelegationRequests(owner, made.requestor)) return NotAccepted(owner.id.value());
  bool running = false;
  context.account().delegation_requests().ForEach(
      [&](const std::string&, const snapshot::DelegationRequestPtr& other) {
        running = running || (other->requestor == made.requestor && other->workflow_id == made.workflow_id &&
                              IsRunning(*other, context.now));
      });
  if (running) {
    return api::iam::EntityAlreadyExists("A delegation request with the RequestorWorkflowId " +
                                         made.workflow_id + " already exists.");
  }
  WK_TRY(MakeRoom(context, made));
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
