#include "service/signin/password_signin.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "crypto/password_hash.h"
#include "entity/arn.h"
#include "password/history.h"
#include "pipeline/console_sessions.h"
#include "pipeline/second_factor.h"
#include "service/account_passwords.h"
#include "service/known_place.h"
#include "service/signin/change_permission.h"
#include "service/signin/console_session.h"
#include "service/signin/mfa_check.h"
#include "service/signin/passkey_question.h"
#include "service/signin/root_enrolment.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

using entity::SigninEvent;
using entity::SigninOutcome;

constexpr std::size_t kLongestPassword = 512;  // bytes; 128 characters of UTF-8
constexpr std::size_t kLongestName = 256;

// Of a user's login profile; the root user has none.
std::optional<int32_t> SigninLimit(const entity::User* user) {
  if (user == nullptr || !user->login_profile) return std::nullopt;
  return user->login_profile->max_signin_session_duration;
}

}  // namespace

struct PasswordSignin::Exchange {
  base::HttpRequest http;
  base::Responder respond;
  base::Instant now;
  KnownPlace place;
  pipeline::SigninThrottle::Ticket ticket;
  entity::SigninAttempt attempt;

  std::string account_name;  // id or alias, as typed
  std::string user_name;
  std::string email;
  bool root = false;
  base::Secret password;
  base::Secret new_password;
  SecondFactor factor;

  // What was found; the state stays for the whole exchange.
  snapshot::AccountStatePtr account;
  const entity::User* user = nullptr;
  std::string hash;  // the one the password was compared with; empty for none
  std::string new_hash;
  std::string device_token;  // that the browser gets, or has already
  MfaOutcome checked;
  bool mfa = false;
  bool answered = false;
  bool damaged = false;  // the account is there and its stored data is not

  std::string owner_id() const { return user != nullptr ? user->id : account->id().value(); }
};

PasswordSignin::PasswordSignin(const SigninEnvironment& environment)
    : environment_(environment), throttle_(environment.services.signin_throttle) {
  auto hash = crypto::HashPassword(base::Secret(base::RandomUuid(environment.services.rng)));
  if (hash) dummy_hash_ = std::move(hash).value();
}

void PasswordSignin::Handle(base::HttpRequest request, base::Responder respond) {
  auto input = ReadBody(request);
  if (!input) return respond(Refusal(400, "InvalidRequest", input.error().message));
  auto exchange = std::make_shared<Exchange>();
  exchange->account_name = input->Text("account");
  exchange->user_name = input->Text("user");
  exchange->root = input->IsTrue("root");
  exchange->email = input->Text("email");
  exchange->password = base::Secret(input->Text("password"));
  exchange->new_password = base::Secret(input->Text("newPassword"));
  exchange->factor.code = input->Text("mfaCode");
  auto assertion = ReadPasskeyAnswer(*input);
  if (!assertion) return respond(Refusal(400, "InvalidRequest", assertion.error().message));
  exchange->factor.assertion = std::move(assertion).value();
  if (exchange->factor.assertion && !exchange->factor.code.empty()) {
    return respond(Refusal(400, "InvalidRequest", "Give a code or the answer of a passkey, not both."));
  }
  if (exchange->account_name.empty() || exchange->user_name.empty() != exchange->root ||
      exchange->password.empty()) {
    return respond(
        Refusal(400, "InvalidRequest", "The account, the user or root, and the password are required."));
  }
  for (const std::string_view text :
       {std::string_view(exchange->account_name), std::string_view(exchange->user_name),
        std::string_view(exchange->email), std::string_view(exchange->factor.code)}) {
    if (text.size() > kLongestName) return respond(Refusal(400, "InvalidRequest", "A member is too long."));
  }
  if (std::max(exchange->password.Reveal().size(), exchange->new_password.Reveal().size()) >
      kLongestPassword) {
    return respond(Refusal(400, "InvalidRequest", "The password is too long."));
  }
  exchange->now = environment_.services.clock.Now();
  exchange->attempt = BeginAttempt(environment_, request, SigninEvent::kConsoleLogin, exchange->now);
  exchange->http = std::move(request);
  exchange->respond = std::move(respond);

  FindAccount(*exchange);
  if (exchange->damaged) {
    return exchange->respond(Refusal(500, "InternalFailure",
                                     "The stored data of this account is damaged. Ask the operator of this "
                                     "server."));
  }
  const std::string owner = FindPlace(*exchange);
  // The account as it was typed: were its alias slowed down together with its id, anybody could ask which
  // account an alias belongs to.
  exchange->ticket = throttle_.Begin({.account = exchange->account_name,
                                      .user = exchange->user_name,
                                      .address = exchange->http.peer_address,
                                      .owner = owner,
                                      .place = exchange->place.name});
  if (exchange->ticket.wait.count() > 0) return HoldUp(*exchange, exchange->ticket.wait);
  using Lane = pipeline::PasswordPool::Lane;
  pipeline::PasswordPool::Claim claim{.lane = Lane::kStranger, .rank = exchange->ticket.rank};
  if (exchange->ticket.known) {
    claim = {.lane = Lane::kKnown, .account = exchange->attempt.account.value(), .principal = owner};
  }
  const bool taken = environment_.password_workers.Submit(
      std::move(claim), [this, exchange] { Run(exchange); }, [this, exchange] { Shed(*exchange); });
  if (!taken) Shed(*exchange);
}

void PasswordSignin::HoldUp(Exchange& e, std::chrono::seconds wait) {
  Record(e, SigninOutcome::kFailure, std::string(entity::kTooManyAttempts));
  e.answered = true;
  e.respond(HeldUp(wait));
}

// There is no turn for it: no failure.
void PasswordSignin::Shed(Exchange& e) {
  throttle_.Refund(e.ticket);
  e.answered = true;
  e.respond(Refusal(503, "ServiceUnavailable", "Too many sign-ins at once. Try again."));
}

// The owner of the name, and whether it has been at this place before; empty when there is none.
std::string PasswordSignin::FindPlace(Exchange& e) const {
  if (e.account == nullptr) return {};
  const entity::User* user = e.root ? nullptr : e.account->FindUser(e.user_name);
  if (!e.root && user == nullptr) return {};
  std::string owner = pipeline::MfaOwnerId(*e.account, user);
  const entity::SigninPlaces& places =
      user == nullptr ? e.account->account().root_signin_places : user->signin_places;
  e.place = FindKnownPlace(places, e.http, owner, e.now);
  return owner;
}

void PasswordSignin::FindAccount(Exchange& e) const {
  const snapshot::Directory& directory = environment_.services.directory;
  std::optional<base::AccountId> id = directory.FindAlias(e.account_name);
  if (base::IsAccountId(e.account_name)) id = base::AccountId(e.account_name);
  if (id) {
    auto found = directory.Get(*id);
    e.damaged = !found && found.error().code == base::ErrorCode::kCorrupt;
    if (found) e.account = std::move(found).value();
  }
  if (e.account != nullptr) e.attempt.account = e.account->id();
  if (e.account != nullptr && pipeline::IsClosed(*e.account)) e.account = nullptr;
}

// Runs on the password pool, whose threads must outlive any fault.
void PasswordSignin::Run(const ExchangePtr& exchange) {
  try {
    Verify(exchange);
  } catch (const std::exception&) {
    if (!exchange->answered) exchange->respond(Refusal(500, "InternalFailure", "The sign-in failed."));
  }
}

void PasswordSignin::Verify(const ExchangePtr& exchange) {
  Exchange& e = *exchange;
  std::string reason = "Failed authentication";
  if (e.account != nullptr) {
    const entity::Account& own = e.account->account();
    if (e.root) {
      e.attempt.principal_type = "Root";
      e.attempt.principal_arn = entity::RootArn(own.id);
      const bool known = own.email.empty() || base::EqualsIgnoreAsciiCase(own.email, e.email);
      if (known) e.hash = own.root_password_hash;
    } else {
      e.attempt.principal_type = "IAMUser";
      e.user = e.account->FindUser(e.user_name);
      if (e.user != nullptr) e.attempt.principal_arn = e.account->UserArn(*e.user);
      if (e.user == nullptr) reason = "No username found in supplied account";
      if (e.user != nullptr && e.user->login_profile) e.hash = e.user->login_profile->password_hash;
    }
  }
  const bool right = crypto::VerifyPassword(e.hash.empty() ? dummy_hash_ : e.hash, e.password);
  if (e.hash.empty() || !right) return Fail(e, std::move(reason));
  if (!CheckSecondFactor(e) || !CheckPasswordAge(e) || !CheckNewPassword(e)) return;
  Write(exchange);
}

bool PasswordSignin::CheckSecondFactor(Exchange& e) {
  const bool answers = !e.factor.code.empty() || e.factor.assertion.has_value();
  if (answers && pipeline::HasMfaDevice(*e.account, e.owner_id())) {
    const auto wait = throttle_.BeginCode(e.ticket);
    if (wait.count() > 0) {
      HoldUp(e, wait);
      return false;
    }
  }
  e.checked = CheckMfa(environment_.services, e.account, e.owner_id(), e.factor, e.now);
  e.attempt.mfa_serial = e.checked.serial_number;
  switch (e.checked.verdict) {
    case MfaVerdict::kNoDevice:
      return true;
    case MfaVerdict::kVerified:
      e.mfa = e.attempt.mfa_used = true;
      return true;
    case MfaVerdict::kMissing:
      Challenge(e, "MfaRequired", "A code or an answer of the user's MFA device is required.");
      return false;
    case MfaVerdict::kWrong:
      break;
  }
  e.attempt.mfa_used = true;
  Fail(e, "Failed authentication");
  return false;
}

// True when the password need not be replaced, or a new one was given.
bool PasswordSignin::CheckPasswordAge(Exchange& e) {
  const entity::Account& own = e.account->account();
  bool replace = own.root_password_reset_required;
  if (e.user != nullptr) {
    const entity::LoginProfile& profile = *e.user->login_profile;
    const auto expiry = entity::PasswordExpiry(profile.password_changed, own.password_policy);
    const bool expired = expiry && *expiry <= e.now;
    if (expired && own.password_policy->hard_expiry.value_or(false)) {
      throttle_.Refund(e.ticket);
      Record(e, SigninOutcome::kFailure, "Password expired");
      e.respond(
          Refusal(403, "PasswordExpired", "The password has expired. An administrator must set a new one."));
      return false;
    }
    replace = expired || profile.password_reset_required;
  }
  if (!replace || !e.new_password.empty()) return true;
  Challenge(e, "PasswordChangeRequired", "A new password is required.");
  return false;
}

// Checks and hashes the new password, if one was given.
bool PasswordSignin::CheckNewPassword(Exchange& e) {
  if (e.new_password.empty()) return true;
  const entity::Account& own = e.account->account();
  if (e.user != nullptr && !MayChangePassword(environment_.services, e.account, *e.user, e.http, e.now)) {
    throttle_.Refund(e.ticket);
    Record(e, SigninOutcome::kFailure, "Not allowed to change the password");
    e.respond(Refusal(403, "AccessDenied", "The user is not allowed to change the password."));
    return false;
  }
  const std::string_view name = e.user == nullptr ? std::string_view() : std::string_view(e.user->name);
  auto violation = FindPasswordViolation(environment_.services, *e.account, name, e.new_password.Reveal());
  const int32_t reuse = own.password_policy ? own.password_policy->reuse_prevention : 0;
  const bool used = e.user == nullptr
                        ? crypto::VerifyPassword(own.root_password_hash, e.new_password)
                        : password::WasUsed(e.new_password, *e.user->login_profile, std::max(reuse, 1));
  if (!violation && used) violation = std::string(kReuseViolation);
  if (violation) {
    throttle_.Refund(e.ticket);
    Record(e, SigninOutcome::kChallenge, "Password policy violation");
    Ask(e, 400, "PasswordPolicyViolation", *violation);
    return false;
  }
  auto hash = crypto::HashPassword(e.new_password);
  if (!hash) {
    throttle_.Refund(e.ticket);
    e.respond(Refusal(503, "ServiceUnavailable", "Too many sign-ins at once. Try again."));
    return false;
  }
  e.new_hash = std::move(hash).value();
  return true;
}

void PasswordSignin::Write(const ExchangePtr& exchange) {
  exchange->device_token = exchange->place.device_token.empty() ? MakeDeviceToken(environment_.services.rng)
                                                                : exchange->place.device_token;
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    Exchange& e = *exchange;
    const snapshot::AccountState& state = edit.state();
    if (pipeline::IsClosed(state)) return false;
    // Fails closed when a device came in between.
    const MfaVerdict used = UseMfa(environment_.services, edit, e.owner_id(), e.factor, e.checked, e.now);
    if (used != (e.mfa ? MfaVerdict::kVerified : MfaVerdict::kNoDevice)) return false;
    if (e.user == nullptr) {
      entity::Account own = state.account();
      if (own.root_password_hash != e.hash) return false;
      own.root_password_last_used = e.now;
      RememberPlaces(own.root_signin_places, e.http, e.device_token, e.now);
      if (!e.new_hash.empty()) {
        own.root_password_hash = e.new_hash;
        own.root_password_changed = e.now;
        own.root_password_reset_required = false;
      }
      edit.PutAccount(std::move(own));
      return true;
    }
    const entity::User* found = state.FindUserById(e.user->id);
    if (found == nullptr || !found->login_profile || found->login_profile->password_hash != e.hash)
      return false;
    entity::User user = *found;
    user.password_last_used = e.now;
    RememberPlaces(user.signin_places, e.http, e.device_token, e.now);
    if (!e.new_hash.empty()) {
      entity::ReplacePassword(*user.login_profile, e.new_hash, e.now);
      user.login_profile->password_reset_required = false;
    }
    edit.PutUser(std::move(user));
    return true;
  };
  const auto done = [this, exchange](const base::Result<void>& committed) {
    if (committed) return Welcome(*exchange);
    throttle_.Refund(exchange->ticket);
    exchange->respond(Refusal(503, "ServiceUnavailable", "The sign-in could not be recorded. Try again."));
  };
  if (!environment_.services.directory.Write(exchange->account->id(), mutate, done)) {
    Fail(*exchange, "Failed authentication");
  }
}

// On the committer's thread: the sign-in is durable.
void PasswordSignin::Welcome(Exchange& e) {
  const pipeline::Services& services = environment_.services;
  throttle_.Succeeded(e.ticket);
  const bool enrol = e.user == nullptr && !e.mfa && environment_.settings.root_mfa_required &&
                     e.account->account().root_mfa_required;
  const SignedIn who{.account = *e.account,
                     .user = e.user,
                     .mfa = e.mfa,
                     .password_hash = e.new_hash.empty() ? e.hash : e.new_hash,
                     .session_policy = enrol ? std::string(kRootEnrolmentPolicy) : std::string()};
  const std::chrono::seconds life = LimitedLife(environment_.settings.session_life, SigninLimit(e.user));
  auto session = MakeConsoleSession(services, who, e.now, life);
  auto cookie = SealCookie(services, session);
  const OpenSession open{.session = std::move(session).Take(),
                         .account = e.account,
                         .arn = e.attempt.principal_arn,
                         .principal_type = e.attempt.principal_type};
  json::Writer body;
  body.BeginObject();
  if (enrol) body.Key("mfaEnrolmentRequired").Bool(true);
  if (!cookie || !ShowSession(services, open, e.now, WithCredentials::kYes, body)) {
    return e.respond(Refusal(500, "InternalFailure", "The sign-in failed."));
  }
  body.EndObject();
  if (!e.new_hash.empty()) {
    entity::SigninAttempt updated = e.attempt;
    updated.id = base::RandomUuid(services.rng);
    updated.event = SigninEvent::kPasswordUpdated;
    updated.outcome = SigninOutcome::kSuccess;
    environment_.sink.Record(updated);
  }
  Record(e, SigninOutcome::kSuccess, {});
  base::HttpResponse answer = JsonAnswer(200, std::move(body));
  answer.headers.emplace_back("Set-Cookie", SetCookie(e.http, *cookie, life.count()));
  answer.headers.emplace_back("Set-Cookie", SetDeviceCookie(e.http, e.owner_id(), e.device_token));
  e.answered = true;
  e.respond(std::move(answer));
}

void PasswordSignin::Fail(Exchange& e, std::string reason) {
  Record(e, SigninOutcome::kFailure, std::move(reason));
  e.answered = true;
  e.respond(Refusal(401, "AuthenticationFailed",
                    "Your authentication information is incorrect. Please try again."));
}

// The password is right: what follows is no guess.
void PasswordSignin::Challenge(Exchange& e, std::string_view code, std::string_view message) {
  throttle_.Refund(e.ticket);
  Record(e, SigninOutcome::kChallenge, std::string(message));
  Ask(e, code == "MfaRequired" ? 401 : 403, code, message);
}

// With a new challenge for whoever has a passkey: the one that was answered is used.
void PasswordSignin::Ask(Exchange& e, int status, std::string_view code, std::string_view message) {
  json::Writer body;
  body.BeginObject().Key("code").String(code).Key("message").String(message);
  AskForPasskey(environment_.services, *e.account, e.owner_id(), body);
  body.EndObject();
  e.answered = true;
  e.respond(JsonAnswer(status, std::move(body)));
}

void PasswordSignin::Record(Exchange& e, SigninOutcome outcome, std::string reason) {
  e.attempt.outcome = outcome;
  e.attempt.reason = std::move(reason);
  environment_.sink.Record(e.attempt);
}

}  // namespace wardkeep::service::signin
