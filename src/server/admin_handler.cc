#include "server/admin_handler.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/time_text.h"
#include "json/parse.h"
#include "json/writer.h"
#include "snapshot/signin_history.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestEmail = 64;
constexpr std::size_t kLargestSeedFile = 4 * 1024 * 1024;
constexpr std::string_view kOneAccount = "/v1/accounts/";
constexpr std::size_t kMostSignins = 2 * snapshot::SigninHistory::kKept;

base::HttpResponse Json(int status, json::Writer body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body).Take()};
}

int StatusOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kAlreadyExists:
    case ErrorCode::kConflict:
    case ErrorCode::kLimit:
      return 409;
    case ErrorCode::kInvalid:
      return 400;
    case ErrorCode::kUnavailable:
      return 503;
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return 500;
}

base::HttpResponse Failure(const Error& error, int status) {
  json::Writer body;
  body.BeginObject().Key("error").BeginObject();
  body.Key("code").String(base::ErrorCodeName(error.code)).Key("message").String(error.message);
  body.EndObject().EndObject();
  return Json(status, std::move(body));
}
base::HttpResponse Failure(const Error& error) {
  return Failure(error, StatusOf(error.code));
}

base::HttpResponse Created(const CreatedAccount& created) {
  json::Writer body;
  body.BeginObject().Key("account_id").String(created.account.id.value());
  body.Key("name").String(created.account.name).Key("email").String(created.account.email);
  body.Key("access_key_id").String(created.access_key_id);
  body.Key("secret_access_key").String(created.secret_access_key.Reveal());
  body.Key("root_password").String(created.root_password.Reveal()).EndObject();
  return Json(201, std::move(body));
}

base::HttpResponse Reset(const AdministratorKey& key) {
  json::Writer body;
  body.BeginObject().Key("user").String(key.user_name).Key("access_key_id").String(key.access_key_id);
  body.Key("secret_access_key").String(key.secret_access_key.Reveal());
  body.Key("replaced_keys").Int(key.replaced_keys).EndObject();
  return Json(200, std::move(body));
}

void WriteAccount(const AccountSummary& account, json::Writer& body) {
  body.BeginObject().Key("account_id").String(account.id.value());
  if (!account.damage.empty()) {
    body.Key("damage").String(account.damage).EndObject();
    return;
  }
  body.Key("name").String(account.name);
  body.Key("email").String(account.email).Key("created").String(base::FormatIso8601(account.created));
  if (account.closed) body.Key("closed").String(base::FormatIso8601(*account.closed));
  body.EndObject();
}

base::HttpResponse Signins(const std::vector<entity::SigninAttempt>& attempts) {
  json::Writer body;
  body.BeginObject().Key("signins").BeginArray();
  for (const entity::SigninAttempt& attempt : attempts) {
    body.BeginObject().Key("id").String(attempt.id).Key("time").String(base::FormatIso8601(attempt.time));
    body.Key("event").String(entity::SigninEventName(attempt.event));
    body.Key("outcome").String(entity::SigninOutcomeName(attempt.outcome));
    body.Key("type").String(attempt.principal_type).Key("arn").String(attempt.principal_arn);
    body.Key("reason").String(attempt.reason).Key("mfa").Bool(attempt.mfa_used);
    body.Key("mfa_serial").String(attempt.mfa_serial).Key("source").String(attempt.source_address);
    body.Key("user_agent").String(attempt.user_agent).Key("suppressed").Int(attempt.suppressed).EndObject();
  }
  body.EndArray().EndObject();
  return Json(200, std::move(body));
}

base::HttpResponse Listed(const std::vector<AccountSummary>& accounts) {
  json::Writer body;
  body.BeginObject().Key("accounts").BeginArray();
  for (const AccountSummary& account : accounts) WriteAccount(account, body);
  body.EndArray().EndObject();
  return Json(200, std::move(body));
}

struct NewAccount {
  std::string name;
  std::string email;
};

base::Result<std::string> ReadMember(const json::Value& root, std::string_view key, std::size_t longest) {
  const json::Value* member = root.Find(key);
  const std::string* text = member == nullptr ? nullptr : member->AsString();
  if (text == nullptr || text->empty() || text->size() > longest) {
    return Error(ErrorCode::kInvalid,
                 "`" + std::string(key) + "` must be a string of 1 to " + std::to_string(longest) + " bytes");
  }
  return *text;
}

base::Result<NewAccount> ReadNewAccount(std::string_view body) {
  const auto root = json::Parse(body, {.max_depth = 8, .max_bytes = 64 * 1024});
  if (!root) return Error(ErrorCode::kInvalid, "the body is not JSON: " + root.error().message);
  NewAccount account;
  WK_ASSIGN(account.name, ReadMember(*root, "name", kLongestName));
  WK_ASSIGN(account.email, ReadMember(*root, "email", kLongestEmail));
  return account;
}

}  // namespace

void AdminHandler::ImportTokenSeeds(const base::HttpRequest& request, base::Responder respond) {
  if (request.method != "POST") return respond(Failure({ErrorCode::kInvalid, "use POST"}, 405));
  const auto root = json::Parse(request.body, {.max_depth = 8});
  if (!root) return respond(Failure({ErrorCode::kInvalid, "the body is not JSON: " + root.error().message}));
  const auto account = ReadMember(*root, "account_id", 12);
  if (!account) return respond(Failure(account.error()));
  if (!base::IsAccountId(*account))
    return respond(Failure({ErrorCode::kInvalid, "`account_id` must be 12 digits"}));
  auto csv = ReadMember(*root, "csv", kLargestSeedFile);
  if (!csv) return respond(Failure(csv.error()));
  registry_.ImportTokenSeeds(
      base::AccountId(*account), base::Secret(std::move(csv).value()),
      [respond = std::move(respond)](base::Result<std::size_t> tokens) {
        if (!tokens) return respond(Failure(tokens.error()));
        json::Writer body;
        body.BeginObject().Key("tokens").Int(static_cast<int64_t>(*tokens)).EndObject();
        respond(Json(200, std::move(body)));
      });
}

void AdminHandler::HandleAccount(const base::HttpRequest& request, const base::AccountId& account,
                                 std::string_view what, base::Responder respond) {
  const bool post = request.method == "POST";
  if (what == "signins" && !post) {
    const auto attempts = registry_.Signins(account, kMostSignins);
    return respond(attempts ? Signins(*attempts) : Failure(attempts.error()));
  }
  if (post && what == "reset-admin") {
    registry_.ResetAdministrator(account, [respond = std::move(respond)](base::Result<AdministratorKey> key) {
      respond(key ? Reset(*key) : Failure(key.error()));
    });
    return;
  }
  if (!post || (what != "close" && what != "restore" && what != "purge")) {
    return respond(Failure({ErrorCode::kNotFound, "no such path"}));
  }
  const auto done = [respond](base::Result<AccountSummary> changed) {
    if (!changed) return respond(Failure(changed.error()));
    json::Writer body;
    WriteAccount(*changed, body);
    respond(Json(200, std::move(body)));
  };
  if (what == "close") {
    registry_.Close(account, done);
  } else if (what == "purge") {
    registry_.Purge(account, done);
  } else {
    registry_.Restore(account, done);
  }
}

void AdminHandler::Handle(base::HttpRequest request, base::Responder respond) {
  if (request.target == "/v1/mfa-seeds") return ImportTokenSeeds(request, std::move(respond));
  if (request.target.starts_with(kOneAccount)) {
    const std::string_view rest = std::string_view(request.target).substr(kOneAccount.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    if (base::IsAccountId(rest.substr(0, slash)) && slash < rest.size()) {
      return HandleAccount(request, base::AccountId(rest.substr(0, slash)), rest.substr(slash + 1),
                           std::move(respond));
    }
  }
  if (request.target != "/v1/accounts") return respond(Failure({ErrorCode::kNotFound, "no such path"}));
  if (request.method == "GET") {
    const auto accounts = registry_.List();
    return respond(accounts ? Listed(*accounts) : Failure(accounts.error()));
  }
  if (request.method != "POST") return respond(Failure({ErrorCode::kInvalid, "use GET or POST"}, 405));
  auto account = ReadNewAccount(request.body);
  if (!account) return respond(Failure(account.error()));
  registry_.Create(std::move(account->name), std::move(account->email),
                   [respond = std::move(respond)](base::Result<CreatedAccount> created) {
                     respond(created ? Created(*created) : Failure(created.error()));
                   });
}

}  // namespace wardkeep::server
