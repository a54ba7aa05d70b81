#include "service/signin/signin_handler.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "service/signin/console_session.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

// Also the labels of their metrics.
constexpr std::array<std::string_view, 6> kEndpoints = {
    "/signin", "/signin/session", "/signin/credentials", "/signin/root", "/signout", "/federation"};

base::HttpResponse NotSignedIn() {
  return Refusal(401, "NotSignedIn", "There is no console session.");
}

base::HttpResponse WrongMethod(std::string_view allowed) {
  base::HttpResponse refusal =
      Refusal(405, "MethodNotAllowed", "Use the method " + std::string(allowed) + ".");
  refusal.headers.emplace_back("Allow", std::string(allowed));
  return refusal;
}

base::HttpResponse ForeignOrigin() {
  return Refusal(403, "ForeignOrigin", "The request comes from a page of another origin.");
}

}  // namespace

void SigninHandler::Handle(base::HttpRequest request, base::Responder respond) {
  const auto endpoint = std::find(kEndpoints.begin(), kEndpoints.end(), PathOf(request));
  if (endpoint == kEndpoints.end()) return next_.Handle(std::move(request), std::move(respond));
  if (!environment_.observe) return Serve(std::move(request), std::move(respond));
  const auto begun = std::chrono::steady_clock::now();
  Serve(std::move(request),
        [this, begun, name = *endpoint, respond = std::move(respond)](base::HttpResponse answer) {
          environment_.observe(name, answer.status, std::chrono::steady_clock::now() - begun);
          respond(std::move(answer));
        });
}

void SigninHandler::Serve(base::HttpRequest request, base::Responder respond) {
  const std::string_view path = PathOf(request);
  if (path == "/federation") return Federate(std::move(request), std::move(respond));
  if (path == "/signin/session") {
    return respond(request.method == "GET" ? ShowSignedIn(request, false) : WrongMethod("GET"));
  }
  if (request.method != "POST") return respond(WrongMethod("POST"));
  if (!IsFromOwnOrigin(request)) return respond(ForeignOrigin());
  Post(std::move(request), std::move(respond));
}

void SigninHandler::Post(base::HttpRequest request, base::Responder respond) {
  const std::string_view path = PathOf(request);
  if (path == "/signin") return passwords_.Handle(std::move(request), std::move(respond));
  if (path == "/signin/root") return root_tasks_.Handle(std::move(request), std::move(respond));
  if (path == "/signin/credentials") return respond(ShowSignedIn(request, true));
  json::Writer body;
  body.BeginObject().EndObject();
  SignOut(std::move(request), JsonAnswer(200, std::move(body)), std::move(respond));
}

base::HttpResponse SigninHandler::ShowSignedIn(const base::HttpRequest& request,
                                               bool with_credentials) const {
  const base::Instant now = environment_.services.clock.Now();
  const auto open = FindConsoleSession(environment_.services, request, now);
  if (!open) return NotSignedIn();
  json::Writer body;
  body.BeginObject();
  const auto with = with_credentials ? WithCredentials::kYes : WithCredentials::kNo;
  if (!ShowSession(environment_.services, *open, now, with, body)) {
    return Refusal(500, "InternalFailure", "No credentials could be issued.");
  }
  body.EndObject();
  return JsonAnswer(200, std::move(body));
}

void SigninHandler::Federate(base::HttpRequest request, base::Responder respond) {
  const auto refuse = [&](std::string_view text) {
    respond({.status = 400, .headers = {{"Content-Type", "text/plain"}}, .body = std::string(text) + "\n"});
  };
  if (request.method != "GET" && request.method != "POST") return respond(WrongMethod("GET, POST"));
  const auto parameters = ReadQueryAndForm(request);
  if (!parameters) return refuse(parameters.error().message);
  const std::string& action = parameters->Text("Action");
  if (action == "getSigninToken") return respond(federation_.GetSigninToken(request, *parameters));
  if (action == "login") return respond(federation_.Login(request, *parameters));
  if (action != "logout") return refuse("The action is unknown.");
  if (request.method != "POST") return respond(WrongMethod("POST"));
  if (!IsFromOwnOrigin(request)) return respond(ForeignOrigin());
  SignOut(std::move(request), {.status = 302, .headers = {{"Location", "/"}}}, std::move(respond));
}

// The session is ended for good before the answer is given; without a session only the cookie is removed.
void SigninHandler::SignOut(base::HttpRequest request, base::HttpResponse answer, base::Responder respond) {
  const pipeline::Services& services = environment_.services;
  const base::Instant now = services.clock.Now();
  answer.headers.emplace_back("Set-Cookie", SetCookie(request, "", 0));
  const auto open = FindConsoleSession(services, request, now);
  if (!open) return respond(std::move(answer));
  auto attempt = std::make_shared<entity::SigninAttempt>(
      BeginAttempt(environment_, request, entity::SigninEvent::kSignOut, now));
  attempt->account = open->account->id();
  attempt->principal_type = open->principal_type;
  attempt->principal_arn = open->arn;
  attempt->outcome = entity::SigninOutcome::kSuccess;
  const auth::Session& session = open->session;
  const auth::SignIn& sign_in = *session.sign_in;
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    const snapshot::AccountState& state = edit.state();
    if (!IsThere(session, state)) return true;  // its user or role is gone, and with it the session
    const entity::SignOuts* present = state.FindSignOuts(sign_in.owner);
    entity::SignOuts outs;
    if (present != nullptr) outs = *present;
    outs.owner = sign_in.owner;
    entity::SignOut(outs, {sign_in.id, session.expires_at}, now);
    edit.PutSignOuts(std::move(outs));
    return true;
  };
  const auto done = [this, attempt, answer, respond](const base::Result<void>& committed) {
    if (!committed) {
      return respond(Refusal(503, "ServiceUnavailable", "The session could not be ended. Try again."));
    }
    environment_.sink.Record(*attempt);
    respond(answer);
  };
  services.directory.Write(open->account->id(), mutate, done);
}

}  // namespace wardkeep::service::signin
