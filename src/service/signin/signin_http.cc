#include "service/signin/signin_http.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/percent.h"
#include "json/parse.h"

namespace wardkeep::service::signin {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kLargestBody = 64 * 1024;
constexpr std::size_t kMostParameters = 100;
constexpr std::array<std::string_view, 1> kFlags = {"root"};

bool IsFlag(std::string_view name) {
  return std::find(kFlags.begin(), kFlags.end(), name) != kFlags.end();
}

std::string_view MediaType(const base::HttpRequest& request) {
  const std::string* type = request.Header("content-type");
  if (type == nullptr) return {};
  std::string_view media = std::string_view(*type).substr(0, type->find(';'));
  while (!media.empty() && media.back() == ' ') media.remove_suffix(1);
  return media;
}

base::Result<void> AddForm(std::string_view text, Parameters& into) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    if (++count > kMostParameters) return Error(ErrorCode::kInvalid, "There are too many parameters.");
    const std::size_t equals = part.find('=');
    const auto name = base::PercentDecode(part.substr(0, equals), base::PlusSign::kSpace);
    const auto value = equals == std::string_view::npos
                           ? std::optional<std::string>(std::string())
                           : base::PercentDecode(part.substr(equals + 1), base::PlusSign::kSpace);
    if (!name || !value) return Error(ErrorCode::kInvalid, "The parameters are not well encoded.");
    into.Add(*name, *value);
  }
  return {};
}

base::Result<Parameters> ReadJson(std::string_view body) {
  const auto root = json::Parse(body, {.max_depth = 4, .max_bytes = kLargestBody, .max_values = 1000});
  if (!root || !root->is_object()) return Error(ErrorCode::kInvalid, "The body is not a JSON object.");
  Parameters parameters;
  for (const json::Member& member : root->members()) {
    const auto truth = member.value.AsBool();
    if (const std::string* text = member.value.AsString()) {
      parameters.Add(member.key, *text);
    } else if (truth && IsFlag(member.key)) {
      parameters.Add(member.key, *truth ? "true" : "false");
    } else if (!member.value.is_null()) {
      return Error(ErrorCode::kInvalid, "The members must be strings, and root a boolean.");
    }
  }
  return parameters;
}

// A flag that is neither must not be taken for one of them.
base::Result<void> CheckFlags(const Parameters& parameters) {
  for (const std::string_view flag : kFlags) {
    const std::string& text = parameters.Text(flag);
    if (parameters.Has(flag) && text != "true" && text != "false") {
      return Error(ErrorCode::kInvalid, "The member " + std::string(flag) + " must be true or false.");
    }
  }
  return {};
}

}  // namespace

std::string_view PathOf(const base::HttpRequest& request) {
  return std::string_view(request.target).substr(0, request.target.find('?'));
}

const std::string* Parameters::Find(std::string_view name) const {
  for (const auto& [key, value] : pairs_) {
    if (key == name) return &value;
  }
  return nullptr;
}

const std::string& Parameters::Text(std::string_view name) const {
  static const std::string kNone;
  const std::string* value = Find(name);
  return value == nullptr ? kNone : *value;
}

base::Result<Parameters> ReadBody(const base::HttpRequest& request) {
  if (request.body.size() > kLargestBody) return Error(ErrorCode::kInvalid, "The body is too large.");
  Parameters parameters;
  if (base::EqualsIgnoreAsciiCase(MediaType(request), "application/json")) {
    WK_ASSIGN(parameters, ReadJson(request.body));
  } else if (base::EqualsIgnoreAsciiCase(MediaType(request), "application/x-www-form-urlencoded")) {
    WK_TRY(AddForm(request.body, parameters));
  } else {
    return Error(ErrorCode::kInvalid, "The body must be JSON or a form.");
  }
  WK_TRY(CheckFlags(parameters));
  return parameters;
}

base::Result<Parameters> ReadQueryAndForm(const base::HttpRequest& request) {
  Parameters parameters;
  const std::size_t query = request.target.find('?');
  if (query != std::string::npos) {
    WK_TRY(AddForm(std::string_view(request.target).substr(query + 1), parameters));
  }
  if (request.method == "POST" && !request.body.empty()) {
    if (request.body.size() > kLargestBody) return Error(ErrorCode::kInvalid, "The body is too large.");
    WK_TRY(AddForm(request.body, parameters));
  }
  return parameters;
}

bool IsFromOwnOrigin(const base::HttpRequest& request) {
  const std::string* host = request.Header("host");
  const std::string own = host == nullptr ? std::string() : (request.secure ? "https://" : "http://") + *host;
  for (const auto& [name, value] : request.headers) {
    if (base::EqualsIgnoreAsciiCase(name, "origin") && !base::EqualsIgnoreAsciiCase(value, own)) return false;
    // Browsers say so even where they leave the origin out.
    if (base::EqualsIgnoreAsciiCase(name, "sec-fetch-site") && value != "same-origin" && value != "none")
      return false;
  }
  return true;
}

std::optional<std::string> SessionCookie(const base::HttpRequest& request) {
  for (const auto& [name, value] : request.headers) {
    if (!base::EqualsIgnoreAsciiCase(name, "cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      std::string_view part = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
      const std::size_t equals = part.find('=');
      if (equals != std::string_view::npos && part.substr(0, equals) == kCookieName) {
        return std::string(part.substr(equals + 1));
      }
    }
  }
  return std::nullopt;
}

std::string SetCookie(const base::HttpRequest& request, std::string_view value, int64_t max_age) {
  std::string text(kCookieName);
  text.append("=").append(value).append("; Path=/; Max-Age=").append(std::to_string(max_age));
  text.append("; HttpOnly; SameSite=Lax");
  if (request.secure) text.append("; Secure");
  return text;
}

base::HttpResponse JsonAnswer(int status, json::Writer body) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = std::move(body).Take()};
}

base::HttpResponse Refusal(int status, std::string_view code, std::string_view message) {
  json::Writer body;
  body.BeginObject().Key("code").String(code).Key("message").String(message).EndObject();
  return JsonAnswer(status, std::move(body));
}

base::HttpResponse HeldUp(std::chrono::seconds wait) {
  base::HttpResponse refusal = Refusal(429, "TooManyAttempts", "Too many failed attempts. Try again later.");
  refusal.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return refusal;
}

}  // namespace wardkeep::service::signin
