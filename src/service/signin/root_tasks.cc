#include "service/signin/root_tasks.h"

#include <array>
#include <exception>
#include <optional>
#include <utility>

#include "crypto/password_hash.h"
#include "service/account_passwords.h"
#include "service/signin/console_session.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

using entity::SigninEvent;
using entity::SigninOutcome;

constexpr std::size_t kLongestEmail = 64;
constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestPassword = 512;

bool IsEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > kLongestEmail || at == 0 || at == std::string_view::npos || at + 1 == text.size())
    return false;
  return text.find('@', at + 1) == std::string_view::npos && text.find_first_of(" \t\r\n") == text.npos;
}

// What an action changes; the error is the sentence of the refusal.
struct Task {
  std::string_view action;
  std::optional<std::string_view> (*check)(const Parameters& input, const entity::Account& account);
  void (*apply)(const Parameters& input, const std::string& new_hash, base::Instant now,
                entity::Account& account);
};

std::optional<std::string_view> CheckNothing(const Parameters&, const entity::Account&) {
  return std::nullopt;
}

constexpr std::array<Task, 4> kTasks = {{
    {"ChangePassword", CheckNothing,
     [](const Parameters&, const std::string& new_hash, base::Instant now, entity::Account& account) {
       account.root_password_hash = new_hash;
       account.root_password_changed = now;
       account.root_password_reset_required = false;
     }},
    {"ChangeEmail",
     [](const Parameters& input, const entity::Account&) -> std::optional<std::string_view> {
       if (IsEmail(input.Text("email"))) return std::nullopt;
       return "The email address is not valid.";
     },
     [](const Parameters& input, const std::string&, base::Instant, entity::Account& account) {
       account.email = input.Text("email");
     }},
    {"ChangeName",
     [](const Parameters& input, const entity::Account&) -> std::optional<std::string_view> {
       const std::string& name = input.Text("name");
       if (!name.empty() && name.size() <= kLongestName) return std::nullopt;
       return "The name must have 1 to 128 characters.";
     },
     [](const Parameters& input, const std::string&, base::Instant, entity::Account& account) {
       account.name = input.Text("name");
     }},
    {"CloseAccount",
     [](const Parameters& input, const entity::Account& account) -> std::optional<std::string_view> {
       if (input.Text("accountId") == account.id.value()) return std::nullopt;
       return "The account id must be given again to close the account.";
     },
     [](const Parameters&, const std::string&, base::Instant now, entity::Account& account) {
       account.closed_at = now;
     }},
}};

const Task* FindTask(std::string_view action) {
  for (const Task& task : kTasks) {
    if (task.action == action) return &task;
  }
  return nullptr;
}

}  // namespace

struct RootTasks::Exchange {
  base::HttpRequest http;
  base::Responder respond;
  base::Instant now;
  Parameters input;
  const Task* task = nullptr;
  OpenSession open;
  pipeline::SigninThrottle::Ticket ticket;
  entity::SigninAttempt attempt;
  std::string new_hash;
};

void RootTasks::Handle(base::HttpRequest request, base::Responder respond) {
  const base::Instant now = environment_.services.clock.Now();
  auto input = ReadBody(request);
  if (!input) return respond(Refusal(400, "InvalidRequest", input.error().message));
  auto open = FindConsoleSession(environment_.services, request, now);
  if (!open) return respond(Refusal(401, "NotSignedIn", "Sign in as the root user."));
  const bool is_root = open->principal_type == "Root";
  auto exchange = std::make_shared<Exchange>();
  exchange->attempt = BeginAttempt(environment_, request, SigninEvent::kAccountChanged, now);
  exchange->attempt.account = open->account->id();
  exchange->attempt.principal_type = open->principal_type;
  exchange->attempt.principal_arn = open->arn;
  exchange->attempt.mfa_used = open->session.mfa_authenticated;
  const auto refuse = [&](int status, std::string_view code, std::string_view message) {
    exchange->attempt.reason = std::string(message);
    environment_.sink.Record(exchange->attempt);
    respond(Refusal(status, code, message));
  };
  if (!is_root) return refuse(403, "NotRoot", "Only the root user can do this.");
  if (!open->session.session_policy.empty()) {
    return refuse(403, "MfaEnrolmentRequired", "Enrol an MFA device and sign in with it.");
  }
  exchange->task = FindTask(input->Text("action"));
  if (exchange->task == nullptr) return respond(Refusal(400, "InvalidRequest", "The action is unknown."));
  if (input->Text("password").empty()) {
    return respond(Refusal(400, "InvalidRequest", "The password is required."));
  }
  if (input->Text("password").size() > kLongestPassword ||
      input->Text("newPassword").size() > kLongestPassword) {
    return respond(Refusal(400, "InvalidRequest", "The password is too long."));
  }
  exchange->now = now;
  const std::string account = open->account->id().value();
  // The session is a place of its own, which no stranger can slow down.
  const std::string place = "session " + open->session.sign_in->id;
  exchange->input = std::move(input).value();
  exchange->open = std::move(*open);
  exchange->http = std::move(request);
  exchange->respond = respond;
  exchange->ticket = throttle_.Begin({.account = account,
                                      .user = {},
                                      .address = exchange->http.peer_address,
                                      .owner = account,
                                      .place = place});
  if (exchange->ticket.wait.count() > 0) return respond(HeldUp(exchange->ticket.wait));
  const auto shed = [this, exchange] {
    throttle_.Refund(exchange->ticket);
    exchange->respond(Refusal(503, "ServiceUnavailable", "Too many sign-ins at once. Try again."));
  };
  const bool taken = environment_.password_workers.Submit(
      {.lane = pipeline::PasswordPool::Lane::kKnown, .account = account, .principal = place},
      [this, exchange] { Run(exchange); }, shed);
  if (!taken) shed();
}

void RootTasks::Run(const std::shared_ptr<Exchange>& exchange) {
  try {
    if (Prepare(*exchange)) Write(exchange);
  } catch (const std::exception&) {
    exchange->respond(Refusal(500, "InternalFailure", "The change failed."));
  }
}

bool RootTasks::Prepare(Exchange& e) {
  const entity::Account& own = e.open.account->account();
  if (!crypto::VerifyPassword(own.root_password_hash, base::Secret(e.input.Text("password")))) {
    e.attempt.reason = "Failed authentication";
    environment_.sink.Record(e.attempt);
    e.respond(Refusal(401, "AuthenticationFailed",
                      "Your authentication information is incorrect. Please try again."));
    return false;
  }
  throttle_.Succeeded(e.ticket);
  if (const auto fault = e.task->check(e.input, own)) {
    e.respond(Refusal(400, "InvalidRequest", *fault));
    return false;
  }
  if (e.task->action != "ChangePassword") return true;
  e.attempt.event = SigninEvent::kPasswordUpdated;
  const base::Secret password(e.input.Text("newPassword"));
  auto violation = FindPasswordViolation(environment_.services, *e.open.account, {}, password.Reveal());
  if (!violation && crypto::VerifyPassword(own.root_password_hash, password))
    violation = std::string(kReuseViolation);
  if (violation) {
    e.respond(Refusal(400, "PasswordPolicyViolation", *violation));
    return false;
  }
  auto hash = crypto::HashPassword(password);
  if (!hash) {
    e.respond(Refusal(503, "ServiceUnavailable", "Too many sign-ins at once. Try again."));
    return false;
  }
  e.new_hash = std::move(hash).value();
  return true;
}

void RootTasks::Write(const std::shared_ptr<Exchange>& exchange) {
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    entity::Account account = edit.state().account();
    if (account.root_password_hash != exchange->open.account->account().root_password_hash) return false;
    exchange->task->apply(exchange->input, exchange->new_hash, exchange->now, account);
    edit.PutAccount(std::move(account));
    return true;
  };
  const auto done = [this, exchange](const base::Result<void>& committed) {
    if (!committed) {
      return exchange->respond(
          Refusal(503, "ServiceUnavailable", "The change could not be stored. Try again."));
    }
    exchange->attempt.outcome = SigninOutcome::kSuccess;
    exchange->attempt.reason = std::string(exchange->task->action);
    environment_.sink.Record(exchange->attempt);
    json::Writer body;
    body.BeginObject().EndObject();
    exchange->respond(JsonAnswer(200, std::move(body)));
  };
  if (!environment_.services.directory.Write(exchange->open.account->id(), mutate, done)) {
    exchange->respond(Refusal(409, "Conflict", "The account was changed at the same time. Try again."));
  }
}

}  // namespace wardkeep::service::signin
