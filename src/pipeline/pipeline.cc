#include "pipeline/pipeline.h"

#include <any>
#include <chrono>
#include <exception>
#include <utility>

#include "api/validate.h"
#include "base/ascii.h"
#include "pipeline/authenticate.h"
#include "pipeline/authorize.h"
#include "pipeline/foreign_service.h"
#include "pipeline/outbound_operations.h"
#include "pipeline/protocol.h"
#include "pipeline/route.h"
#include "pipeline/token_code.h"

namespace wardkeep::pipeline {
namespace {

using SteadyClock = std::chrono::steady_clock;

bool WantsJson(const base::HttpRequest& http) {
  const std::string* accept = http.Header("accept");
  return accept != nullptr && accept->find("application/json") != std::string::npos;
}

bool IsFormPost(const base::HttpRequest& http) {
  const std::string* type = http.Header("content-type");
  if (type == nullptr) return false;
  std::string_view media(*type);
  media = media.substr(0, media.find(';'));
  while (!media.empty() && media.back() == ' ') media.remove_suffix(1);
  return base::EqualsIgnoreAsciiCase(media, "application/x-www-form-urlencoded");
}

api::ApiError ToApiError(const auth::AuthError& error) {
  return {.code = std::string(error.code), .http_status = error.http_status, .message = error.message};
}

}  // namespace

// One request on its way through the stages. Shared because a write is answered from another thread.
struct Pipeline::Exchange {
  base::HttpRequest http;
  base::Responder respond;
  SteadyClock::time_point started = SteadyClock::now();
  base::Instant now;
  RequestRecord record;
  AnswerForm form;
  const api::Service* service =
      api::FindService("iam");  // whose words refusals use until routing has found another
  RequestedOperation requested;
  const api::Operation* operation = nullptr;  // the requested one, once it is known to have a handler
  const Handler* handler = nullptr;
  CallerIdentity caller;
  std::string region;  // of the credential scope
  std::unique_ptr<Authorizer> authorizer;
  Target target;
  api::AnyStruct request;
  api::AnyStruct response;
  AnswerHeaders answer_headers;  // of a write
  bool answered = false;
};

Pipeline::Pipeline(const Services& services, const Registry& registry,
                   const auth::SignatureVerifier& verifier, Pools pools, RequestObserver observer)
    : services_(services),
      registry_(registry),
      verifier_(verifier),
      pools_(pools),
      observer_(std::move(observer)) {}

void Pipeline::Handle(base::HttpRequest request, base::Responder respond) {
  auto exchange = std::make_shared<Exchange>();
  exchange->http = std::move(request);
  exchange->respond = std::move(respond);
  exchange->now = services_.clock.Now();
  exchange->form.request_id = base::RandomUuid(services_.rng);
  exchange->form.json_variant = WantsJson(exchange->http);
  exchange->record.request_id = exchange->form.request_id;
  exchange->record.peer_address = exchange->http.peer_address;
  if (const std::string* agent = exchange->http.Header("user-agent")) exchange->record.user_agent = *agent;
  Guarded(exchange, &Pipeline::Process);
}

// The one place where the unexpected becomes InternalFailure; its cause goes to the log, never to the client.
void Pipeline::Guarded(const std::shared_ptr<Exchange>& exchange,
                       void (Pipeline::*step)(const std::shared_ptr<Exchange>&) const) const {
  try {
    (this->*step)(exchange);
  } catch (const std::exception& fault) {
    exchange->record.cause = fault.what();
    if (!exchange->answered) Refuse(*exchange, api::InternalFailure());
  }
}

void Pipeline::Process(const std::shared_ptr<Exchange>& exchange) const {
  const base::HttpRequest& http = exchange->http;
  const Route route = FindRoute(http);
  if (route.service != nullptr) {
    exchange->service = route.service;
    exchange->record.service = std::string(route.service->name);
  }
  exchange->form.is_cbor = route.is_cbor;
  const bool query = route.service == nullptr || api::TakesForms(route.service->protocol);
  const bool post = http.method == "POST";
  switch (route.kind) {
    case RouteKind::kFrontPage:
      return Answer(*exchange, FrontPage(http));
    case RouteKind::kUnknownPath:
      return Answer(*exchange, RefuseUnknownPath(http));
    case RouteKind::kForeignService:
      return Answer(*exchange, RefuseForeign(route.foreign, exchange->form.request_id));
    case RouteKind::kService:
      break;
  }
  if (query && ((!post && http.method != "GET") || (post && !IsFormPost(http)))) {
    return Answer(*exchange, FrontPage(http));
  }
  auto requested = FindRequestedOperation(http, *route.service);
  if (!requested && route.service->is_partial) {
    return Answer(*exchange, RefuseForeign(route.foreign, exchange->form.request_id));
  }
  if (!requested) return Refuse(*exchange, requested.error());
  exchange->requested = std::move(requested).value();
  const api::Operation& operation = *exchange->requested.operation;
  exchange->handler = registry_.Find(route.service->name, operation.name);
  if (exchange->handler == nullptr) {
    return Refuse(*exchange, query ? api::InvalidAction(operation.name, route.service->version)
                                   : api::UnknownOperation());
  }
  exchange->operation = &operation;
  exchange->record.operation = std::string(operation.name);

  auto authenticated = Authenticate(http, *route.service, verifier_, services_, exchange->now);
  if (!authenticated) {
    AuthenticationRefusal& refusal = authenticated.error();
    exchange->record.failed_check = std::string(refusal.error.check);
    exchange->record.cause = std::move(refusal.cause);
    return Refuse(*exchange, ToApiError(refusal.error));
  }
  exchange->caller = std::move(authenticated->caller);
  exchange->record.caller_arn = exchange->caller.principal.arn;
  exchange->record.account_id = exchange->caller.account_id.value();
  exchange->record.access_key_id = exchange->caller.access_key_id;
  exchange->region = std::move(authenticated->region);
  RecordAttempt(*exchange);

  if (exchange->handler->pool == Pool::kPasswords) return SubmitHashing(exchange);
  WorkerPool* pool = PoolOf(*exchange);
  if (pool == nullptr) return ProcessOperation(exchange);
  const bool taken = pool->Submit(
      exchange->caller.account_id.value(),
      [this, exchange] { Guarded(exchange, &Pipeline::ProcessOperation); },
      [this, exchange] { Guarded(exchange, &Pipeline::RefuseStopping); });
  if (!taken) Refuse(*exchange, api::Throttling());
}

// Null: this thread.
WorkerPool* Pipeline::PoolOf(const Exchange& exchange) const {
  if (AsksOtherServers(exchange.service->name, exchange.operation->name)) return &pools_.outbound;
  return exchange.operation->heavy ? &pools_.heavy : nullptr;
}

void Pipeline::SubmitHashing(const std::shared_ptr<Exchange>& exchange) const {
  const bool taken = pools_.passwords.Submit(
      {.lane = PasswordPool::Lane::kCaller,
       .account = exchange->caller.account_id.value(),
       .principal = exchange->caller.principal.arn},
      [this, exchange] { Guarded(exchange, &Pipeline::ProcessOperation); },
      [this, exchange] { Guarded(exchange, &Pipeline::RefuseThrottled); });
  if (!taken) Refuse(*exchange, api::Throttling());
}

// Allowed or refused, an attempt counts for the last-accessed reports. Root is in none of them.
void Pipeline::RecordAttempt(const Exchange& exchange) const {
  const CallerIdentity& caller = exchange.caller;
  const std::string* id = nullptr;
  if (caller.user != nullptr) id = &caller.user->id;
  if (caller.role != nullptr) id = &caller.role->id;
  if (id == nullptr) return;
  services_.usage.actions().Record(caller.account_id, *id, exchange.service->name, exchange.operation->name,
                                   exchange.region, exchange.now);
}

void Pipeline::ProcessOperation(const std::shared_ptr<Exchange>& exchange) const {
  const api::Operation& operation = *exchange->operation;
  auto request = DecodeRequest(exchange->http, exchange->requested);
  if (!request) return Refuse(*exchange, request.error());
  exchange->request = std::move(request).value();
  if (auto valid = api::Validate(*operation.service, *operation.input, exchange->request.data()); !valid)
    return Refuse(*exchange, valid.error());
  if (exchange->handler->token_code) {
    const TokenCodeArguments code = exchange->handler->token_code(exchange->request);
    if (code.given()) return ExecuteWithTokenCode(exchange, code);
  }
  // The slow half of a prepared write must not run for whoever may not write at all.
  const bool asked_first = !exchange->handler->writes || exchange->handler->prepare;
  if (asked_first) {
    if (auto allowed = AuthorizeExchange(*exchange); !allowed) return Refuse(*exchange, allowed.error());
  }
  if (exchange->handler->writes) return ExecuteWrite(exchange);
  ExecuteRead(exchange);
}

std::unique_ptr<Authorizer> Pipeline::MakeAuthorizer(const Exchange& exchange) const {
  const RequestFacts facts{.http = exchange.http,
                           .service = exchange.service->name,
                           .region = exchange.region,
                           .now = exchange.now};
  return std::make_unique<Authorizer>(services_, exchange.caller, facts);
}

HandlerResult Pipeline::AuthorizeExchange(Exchange& exchange) const {
  exchange.authorizer = MakeAuthorizer(exchange);
  WK_ASSIGN(exchange.target, Authorize(*exchange.operation, exchange.request, exchange.caller, services_,
                                       *exchange.authorizer));
  return {};
}

void Pipeline::ExecuteRead(const std::shared_ptr<Exchange>& exchange) const {
  const ReadContext context(services_, exchange->caller, *exchange->authorizer, exchange->target,
                            exchange->now, *exchange->caller.account);
  const HandlerResult result = exchange->handler->read(context, exchange->request, exchange->response);
  if (!result) return Refuse(*exchange, result.error());
  Answer(*exchange, EncodeResponse(*exchange->operation, exchange->response, exchange->form));
}

// A write changes the newest state, which may be newer than the one the caller was found in: another write
// may be on its way to the store. The request comes after that write in everything, so it is authorised
// there.
HandlerResult Pipeline::AuthorizeIn(Exchange& exchange, const snapshot::AccountStatePtr& newest) const {
  if (newest.get() != exchange.caller.account.get() && !exchange.caller.MoveTo(newest)) {
    return api::InvalidClientTokenId();
  }
  return AuthorizeExchange(exchange);
}

void Pipeline::ExecuteWrite(const std::shared_ptr<Exchange>& exchange) const {
  std::any prepared;
  if (exchange->handler->prepare) {
    const ReadContext context(services_, exchange->caller, *exchange->authorizer, exchange->target,
                              exchange->now, *exchange->caller.account);
    auto outcome = exchange->handler->prepare(context, exchange->request);
    if (!outcome) return Refuse(*exchange, outcome.error());
    prepared = std::move(outcome).value();
  }
  Commit(exchange, [&](snapshot::AccountEdit& edit) -> HandlerResult {
    // A write into another account stays authorised by the caller's own.
    if (edit.state().id() == exchange->caller.account_id) WK_TRY(AuthorizeIn(*exchange, edit.base()));
    WriteContext context(services_, exchange->caller, *exchange->authorizer, exchange->target, exchange->now,
                         edit, exchange->answer_headers);
    return exchange->handler->write(context, exchange->request, prepared, exchange->response);
  });
}

// The second factor comes before the decision, which may ask for it; a refusal leaves the code unused.
HandlerResult Pipeline::UseTokenCodeIn(Exchange& exchange, const TokenCodeArguments& code,
                                       snapshot::AccountEdit& edit) const {
  WK_TRY(CheckCredentialClass(*exchange.operation, exchange.caller));
  if (edit.base() != exchange.caller.account && !exchange.caller.MoveTo(edit.base())) {
    return api::InvalidClientTokenId();
  }
  WK_TRY(CheckTokenCode(services_, edit, exchange.caller, code, exchange.now));
  exchange.caller.mfa_at = exchange.now;
  return AuthorizeExchange(exchange);
}

void Pipeline::ExecuteWithTokenCode(const std::shared_ptr<Exchange>& exchange,
                                    const TokenCodeArguments& code) const {
  Commit(exchange, [&](snapshot::AccountEdit& edit) -> HandlerResult {
    WK_TRY(UseTokenCodeIn(*exchange, code, edit));
    const ReadContext context(services_, exchange->caller, *exchange->authorizer, exchange->target,
                              exchange->now, *exchange->caller.account);
    return exchange->handler->read(context, exchange->request, exchange->response);
  });
}

void Pipeline::Commit(const std::shared_ptr<Exchange>& exchange,
                      const std::function<HandlerResult(snapshot::AccountEdit&)>& step) const {
  HandlerResult result;
  base::AccountId home = exchange->caller.account_id;
  if (exchange->handler->home) home = exchange->handler->home(exchange->request).value_or(home);
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    result = step(edit);
    return result.has_value();
  };
  // Runs on the committer's thread, which serves every account and must outlive any fault.
  const auto done = [this, exchange](const base::Result<void>& committed) {
    if (!committed) exchange->record.cause = committed.error().ToString();
    Guarded(exchange, committed ? &Pipeline::AnswerWrite : &Pipeline::RefuseFailure);
  };
  if (!services_.directory.Write(home, mutate, done)) {
    Refuse(*exchange, result.has_value() ? api::InternalFailure() : result.error());
  }
}

void Pipeline::AnswerWrite(const std::shared_ptr<Exchange>& exchange) const {
  base::HttpResponse response = EncodeResponse(*exchange->operation, exchange->response, exchange->form);
  for (auto& header : exchange->answer_headers) response.headers.push_back(std::move(header));
  Answer(*exchange, std::move(response));
}

void Pipeline::RefuseThrottled(const std::shared_ptr<Exchange>& exchange) const {
  Refuse(*exchange, api::Throttling());
}

void Pipeline::RefuseStopping(const std::shared_ptr<Exchange>& exchange) const {
  Refuse(*exchange, api::ServiceUnavailable());
}

void Pipeline::RefuseFailure(const std::shared_ptr<Exchange>& exchange) const {
  Refuse(*exchange, api::InternalFailure());
}

void Pipeline::Answer(Exchange& exchange, base::HttpResponse response) const {
  exchange.answered = true;
  exchange.record.status = response.status;
  exchange.record.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - exchange.started);
  response.headers.emplace_back("x-amzn-RequestId", exchange.form.request_id);
  // Recorded first: whoever has the answer can rely on the record, and a connection that is gone takes none
  // away.
  observer_(exchange.record);
  exchange.respond(std::move(response));
}

void Pipeline::Refuse(Exchange& exchange, const api::ApiError& error) const {
  exchange.record.error_code = error.code;
  base::HttpResponse response =
      EncodeError(*exchange.service, error, exchange.operation != nullptr, exchange.form);
  for (const auto& [name, value] : error.members) {
    if (name == "EncodedAuthorizationMessage")
      response.headers.emplace_back("x-wardkeep-authorization-message", value);
  }
  Answer(exchange, std::move(response));
}

}  // namespace wardkeep::pipeline
