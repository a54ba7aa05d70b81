#include "service/iam/delegation_requests.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "auth/delegation_token.h"
#include "service/iam/delegation_state.h"
#include "service/iam/permission_check.h"
#include "service/paging.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using entity::DelegationRequest;
using entity::DelegationState;
using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;

std::optional<std::string> IfAny(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

api::iam::DelegationPermission ShowPermissions(const DelegationRequest& request) {
  api::iam::DelegationPermission shown;
  shown.policy_template_arn = request.template_arn;
  shown.parameters.emplace();
  for (const auto& parameter : request.parameters) {
    shown.parameters->push_back({.name = parameter.name,
                                 .values = parameter.values,
                                 .type = parameter.is_list ? "stringList" : "string"});
  }
  return shown;
}

api::iam::DelegationRequest Show(const snapshot::AccountState& account, const DelegationRequest& request,
                                 base::Instant now) {
  api::iam::DelegationRequest shown;
  shown.delegation_request_id = request.id;
  if (request.names_owner_account) shown.owner_account_id = account.id().value();
  shown.description = request.description;
  shown.request_message = IfAny(request.message);
  shown.permissions = ShowPermissions(request);
  shown.permission_policy = request.policy;
  shown.owner_id = IfAny(request.owner.arn);
  shown.approver_id = IfAny(request.approver.arn);
  shown.state = std::string(StateName(request, now));
  shown.expiration_time = request.expiration;
  shown.requestor_id = request.requestor.value();
  shown.requestor_name = IfAny(request.requestor_name);
  shown.create_date = request.create_date;
  shown.session_duration = request.session_duration;
  shown.redirect_url = IfAny(request.redirect_url);
  shown.notes = IfAny(request.notes);
  shown.rejection_reason = IfAny(request.rejection_reason);
  shown.only_send_by_owner = request.only_send_by_owner;
  shown.updated_time = request.update_date;
  return shown;
}

entity::DelegationActor ActorOf(const OperationContext& context) {
  return {context.caller.principal.arn, context.caller.user_id};
}

// Finds the request, moves it on and stores it with what else `change` does to it.
template <typename Change>
ApiResult<void> Advance(WriteContext& context, const std::string& id, DelegationState next, Change change) {
  WK_ASSIGN(const DelegationRequest* found, RequireDelegationRequest(context.account(), id, context.now));
  DelegationRequest request = *found;
  WK_TRY(MoveTo(request, next, context.now));
  change(request);
  context.edit.PutDelegationRequest(std::move(request));
  return {};
}

ApiResult<api::iam::AssociateDelegationRequestResponse> Associate(
    WriteContext& context, const api::iam::AssociateDelegationRequestRequest& request) {
  WK_TRY(Advance(context, *request.delegation_request_id, DelegationState::kAssigned,
                 [&](DelegationRequest& changed) {
                   changed.names_owner_account = true;
                   changed.owner = ActorOf(context);
                 }));
  return api::iam::AssociateDelegationRequestResponse{};
}

ApiResult<api::iam::UpdateDelegationRequestResponse> Update(
    WriteContext& context, const api::iam::UpdateDelegationRequestRequest& request) {
  WK_TRY(Advance(context, *request.delegation_request_id, DelegationState::kPendingApproval,
                 [&](DelegationRequest& changed) {
                   if (request.notes) changed.notes = *request.notes;
                 }));
  return api::iam::UpdateDelegationRequestResponse{};
}

// The delegated credentials will be those of the identity that accepts. What a session has beside its
// principal does not outlive it, so a session that is limited by its policy or known by its tags cannot lend
// what it has.
ApiResult<void> CheckApprover(const pipeline::CallerIdentity& caller) {
  const bool lives_on = caller.is_iam_user() || caller.role != nullptr;
  const bool plain = !caller.session || (!caller.session->is_limited() && caller.session->tags.empty());
  if (lives_on && plain) return {};
  return api::AccessDenied(
      "Only IAM users, and role sessions without session policies and tags, can accept delegation requests.");
}

ApiResult<api::iam::AcceptDelegationRequestResponse> Accept(
    WriteContext& context, const api::iam::AcceptDelegationRequestRequest& request) {
  WK_TRY(CheckApprover(context.caller));
  WK_TRY(Advance(context, *request.delegation_request_id, DelegationState::kAccepted,
                 [&](DelegationRequest& changed) { changed.approver = ActorOf(context); }));
  return api::iam::AcceptDelegationRequestResponse{};
}

ApiResult<api::iam::RejectDelegationRequestResponse> Reject(
    WriteContext& context, const api::iam::RejectDelegationRequestRequest& request) {
  WK_TRY(Advance(context, *request.delegation_request_id, DelegationState::kRejected,
                 [&](DelegationRequest& changed) { changed.rejection_reason = request.notes.value_or(""); }));
  return api::iam::RejectDelegationRequestResponse{};
}

// The token goes to whoever sends it, in a header of the answer: there are no topics here to send it to.
ApiResult<api::iam::SendDelegationTokenResponse> SendToken(
    WriteContext& context, const api::iam::SendDelegationTokenRequest& request) {
  const std::string& id = *request.delegation_request_id;
  WK_ASSIGN(const DelegationRequest* found, RequireDelegationRequest(context.account(), id, context.now));
  if (found->only_send_by_owner && found->owner.principal_id != context.caller.user_id) {
    return api::AccessDenied("Only the owner of the delegation request " + id + " can send its token.");
  }
  const base::Instant ends = context.now + std::chrono::seconds(found->session_duration);
  WK_TRY(Advance(context, id, DelegationState::kFinalized, [](DelegationRequest&) {}));
  context.answer_headers.emplace_back(
      "x-wardkeep-delegation-token",
      context.services.keys.delegation_tokens.Seal({context.account().id(), id, ends}));
  return api::iam::SendDelegationTokenResponse{};
}

ApiResult<api::iam::GetDelegationRequestResponse> Get(const ReadContext& context,
                                                      const api::iam::GetDelegationRequestRequest& request) {
  WK_ASSIGN(const DelegationRequest* found,
            RequireDelegationRequest(context.account, *request.delegation_request_id, context.now));
  api::iam::GetDelegationRequestResponse response;
  response.delegation_request = Show(context.account, *found, context.now);
  if (request.delegation_permission_check.value_or(false)) {
    const auto wanted = policy::ParseDocument(found->policy, policy::DocumentKind::kIdentity);
    response.permission_check_status = wanted.document != nullptr ? "COMPLETE" : "FAILED";
    if (wanted.document != nullptr) {
      response.permission_check_result = std::string(CoverageName(CheckCoverage(context, *wanted.document)));
    }
  }
  return response;
}

// Those somebody owns; a request that waits for its owner is found by its id only.
ApiResult<api::iam::ListDelegationRequestsResponse> List(
    const ReadContext& context, const api::iam::ListDelegationRequestsRequest& request) {
  std::vector<std::pair<std::string, const DelegationRequest*>> owned;
  context.account.delegation_requests().ForEach([&](const std::string& id,
                                                    const snapshot::DelegationRequestPtr& one) {
    const bool asked = !one->owner.arn.empty() && (!request.owner_id || one->owner.arn == *request.owner_id);
    if (asked && !IsForgotten(*one, context.now)) owned.emplace_back(id, one.get());
  });
  api::iam::ListDelegationRequestsResponse response;
  response.delegation_requests.emplace();
  const PageRequest page{"ListDelegationRequests|" + request.owner_id.value_or(""), request.marker,
                         request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, owned, [&](const DelegationRequest* one) {
              response.delegation_requests->push_back(Show(context.account, *one, context.now));
            }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterDelegationRequests(pipeline::Registry& registry) {
  registry.Write("iam", "AssociateDelegationRequest", Associate);
  registry.Read("iam", "GetDelegationRequest", Get);
  registry.Read("iam", "ListDelegationRequests", List);
  registry.Write("iam", "UpdateDelegationRequest", Update);
  registry.Write("iam", "AcceptDelegationRequest", Accept);
  registry.Write("iam", "RejectDelegationRequest", Reject);
  registry.Write("iam", "SendDelegationToken", SendToken);
}

}  // namespace wardkeep::service::iam
