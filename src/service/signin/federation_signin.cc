#include "service/signin/federation_signin.h"

#include <charconv>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/percent.h"
#include "crypto/constant_time.h"
#include "json/parse.h"
#include "service/signin/console_session.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

using auth::SessionKind;
using entity::SigninEvent;
using entity::SigninOutcome;

constexpr std::chrono::minutes kTokenLife{15};
constexpr int64_t kShortest = 900;
constexpr int64_t kLongest = 43200;
constexpr std::size_t kLargestToken = 8192;

base::HttpResponse BadRequest(std::string_view text) {
  return {.status = 400,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = std::string(text) + "\n"};
}

// The credentials that stand in the Session parameter; nullopt for anything that is not a live session.
std::optional<auth::Session> ReadCredentials(const pipeline::Services& services, std::string_view text) {
  const auto root = json::Parse(text, {.max_depth = 4, .max_bytes = 16 * 1024, .max_values = 100});
  if (!root || !root->is_object()) return std::nullopt;
  const auto member = [&](std::string_view name) -> const std::string* {
    const json::Value* value = root->Find(name);
    return value == nullptr ? nullptr : value->AsString();
  };
  const std::string* id = member("sessionId");
  const std::string* key = member("sessionKey");
  const std::string* token = member("sessionToken");
  if (id == nullptr || key == nullptr || token == nullptr) return std::nullopt;
  auto session = services.keys.session_tokens.Open(*id, *token);
  if (!session || !crypto::ConstantTimeEquals(session->secret.Reveal(), *key)) return std::nullopt;
  return session;
}

bool IsFromAssumeRole(const auth::Session& session) {
  return session.kind == SessionKind::kAssumedRole || session.kind == SessionKind::kWebIdentity ||
         session.kind == SessionKind::kSaml;
}

// Seconds of the console session; nullopt when SessionDuration is given and must not be, or is out of range.
std::optional<int64_t> ReadDuration(const Parameters& parameters, const auth::Session& session,
                                    base::Instant now) {
  const std::string& text = parameters.Text("SessionDuration");
  if (text.empty()) return base::ToUnixSeconds(session.expires_at) - base::ToUnixSeconds(now);
  int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (seconds < kShortest || seconds > kLongest) return std::nullopt;
  // Only for what AssumeRole gives, and not after a chain of roles (api-surface, getSigninToken).
  if (!IsFromAssumeRole(session) || session.is_chained) return std::nullopt;
  return seconds;
}

// Where the browser goes: a path of this server, or an address on it. The console of AWS, which existing
// tools name, stands for the console here. nullopt for any other place: the endpoint must not send people
// away.
std::optional<std::string> OwnDestination(const base::HttpRequest& request, const std::string& destination) {
  const std::string console = "/console/";
  if (destination.empty()) return console;
  for (const char c : destination) {
    if (c <= ' ' || c > '~' || c == '\\') return std::nullopt;
  }
  if (destination.front() == '/') {
    if (destination.starts_with("//")) return std::nullopt;
    return destination;
  }
  const std::size_t scheme = destination.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const std::string name = base::AsciiLower(destination.substr(0, scheme));
  if (name != "https" && name != "http") return std::nullopt;
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(destination.find_first_of("/?#", begin), destination.size());
  const std::string host = base::AsciiLower(destination.substr(begin, end - begin));
  const std::string* own = request.Header("host");
  if (own != nullptr && base::EqualsIgnoreAsciiCase(host, *own)) {
    const std::string rest = destination.substr(end);
    return rest.empty() || rest.front() != '/' || rest.starts_with("//") ? "/" : rest;
  }
  if (host == "console.aws.amazon.com" || host.ends_with(".console.aws.amazon.com")) return console;
  return std::nullopt;
}

}  // namespace

FederationSignin::FederationSignin(const SigninEnvironment& environment, const crypto::SealingKey& token_key)
    : environment_(environment),
      token_key_(token_key),
      token_owner_("signin-token/" + base::RandomUuid(environment.services.rng)) {}

base::HttpResponse FederationSignin::GetSigninToken(const base::HttpRequest& request,
                                                    const Parameters& parameters) const {
  const pipeline::Services& services = environment_.services;
  const base::Instant now = services.clock.Now();
  entity::SigninAttempt attempt = BeginAttempt(environment_, request, SigninEvent::kGetSigninToken, now);
  const auto refuse = [&](std::string_view text) {
    attempt.outcome = SigninOutcome::kFailure;
    attempt.reason = std::string(text);
    environment_.sink.Record(attempt);
    return BadRequest(text);
  };
  auto credentials = ReadCredentials(services, parameters.Text("Session"));
  if (!credentials) return refuse("The session is not valid.");
  const auto duration = ReadDuration(parameters, *credentials, now);
  if (!duration) return refuse("The session duration is not valid for these credentials.");
  auto open = Revive(services, std::move(*credentials), now);
  if (!open) return refuse("The session is not valid.");
  attempt.account = open->account->id();
  attempt.principal_type = open->principal_type;
  attempt.principal_arn = open->arn;
  const entity::Role* role = open->account->FindRoleById(open->session.principal_id);
  const std::chrono::seconds life = LimitedLife(
      std::chrono::seconds(*duration), role == nullptr ? std::nullopt : role->max_signin_session_duration);
  const auto console = MakeConsoleSession(services, *open, now, life);
  if (!console) return refuse(console.error().message);
  const auto cookie = SealCookie(services, *console);
  if (!cookie) return refuse("The session is too large for a cookie.");
  attempt.outcome = SigninOutcome::kSuccess;
  environment_.sink.Record(attempt);
  json::Writer body;
  body.BeginObject().Key("SigninToken").String(SealToken(*cookie, now)).EndObject();
  return JsonAnswer(200, std::move(body));
}

// The token works for 15 minutes, by the clock of the day and by the steady one, and in this process only:
// what was used before a restart is not known after it.
std::string FederationSignin::SealToken(const std::string& cookie, base::Instant now) const {
  const int64_t steady = (std::chrono::steady_clock::now() + kTokenLife).time_since_epoch().count();
  const std::string plain =
      std::to_string(base::ToUnixSeconds(now + kTokenLife)) + " " + std::to_string(steady) + " " + cookie;
  const base::Secret wiped(plain);
  return base::Base64Encode(base::AsBytes(token_key_.Seal(wiped.Reveal(), token_owner_)));
}

std::optional<FederationSignin::OpenToken> FederationSignin::Open(const std::string& token,
                                                                  base::Instant now) const {
  const auto sealed = token.size() > kLargestToken ? std::nullopt : base::Base64Decode(token);
  if (!sealed) return std::nullopt;
  const auto plain =
      token_key_.Open({reinterpret_cast<const char*>(sealed->data()), sealed->size()}, token_owner_);
  if (!plain) return std::nullopt;
  const std::string_view text = plain->Reveal();
  const std::size_t first = text.find(' ');
  const std::size_t second = text.find(' ', first + 1);
  int64_t until = 0;
  int64_t steady = 0;
  std::from_chars(text.data(), text.data() + first, until);
  std::from_chars(text.data() + first + 1, text.data() + second, steady);
  OpenToken open;
  open.until = UsedTokens::Time(UsedTokens::Time::duration(steady));
  open.expired = base::ToUnixSeconds(now) >= until || std::chrono::steady_clock::now() >= open.until;
  open.cookie = std::string(text.substr(second + 1));
  return open;
}

base::HttpResponse FederationSignin::Login(const base::HttpRequest& request, const Parameters& parameters) {
  const pipeline::Services& services = environment_.services;
  const base::Instant now = services.clock.Now();
  entity::SigninAttempt attempt = BeginAttempt(environment_, request, SigninEvent::kConsoleLogin, now);
  const auto refuse = [&](std::string_view text) {
    attempt.outcome = SigninOutcome::kFailure;
    attempt.reason = std::string(text);
    environment_.sink.Record(attempt);
    return BadRequest(text);
  };
  const std::string& token = parameters.Text("SigninToken");
  const auto destination = OwnDestination(request, parameters.Text("Destination"));
  if (!destination) return refuse("The destination must be a console URL.");
  const auto opened = Open(token, now);
  if (!opened) return refuse("The sign-in token is not valid. Ask for a new one.");
  if (opened->expired) return refuse("The sign-in token has expired. Ask for a new one.");
  const auto open = OpenCookie(services, opened->cookie, now);
  if (!open) return refuse("The session has expired.");
  attempt.account = open->account->id();
  attempt.principal_type = open->principal_type;
  attempt.principal_arn = open->arn;
  const auth::SignIn& sign_in = *open->session.sign_in;
  switch (used_.TryUse(sign_in.id, sign_in.account_id.value(), sign_in.owner, opened->until,
                       std::chrono::steady_clock::now())) {
    case UsedTokens::Use::kFirst:
      break;
    case UsedTokens::Use::kAgain:
      return refuse("The sign-in token has been used. Ask for a new one.");
    case UsedTokens::Use::kFull: {
      base::HttpResponse answer = refuse("There were too many sign-ins. Try again later.");
      answer.status = 429;
      answer.headers.emplace_back("Retry-After", "60");
      return answer;
    }
  }
  attempt.outcome = SigninOutcome::kSuccess;
  environment_.sink.Record(attempt);
  const int64_t life = base::ToUnixSeconds(open->session.expires_at) - base::ToUnixSeconds(now);
  return {.status = 302,
          .headers = {{"Location", *destination},
                      {"Set-Cookie", SetCookie(request, opened->cookie, life)},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"}}};
}

}  // namespace wardkeep::service::signin
