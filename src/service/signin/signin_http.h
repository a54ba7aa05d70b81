// What the sign-in endpoints read and write: parameters of a form, a JSON object or a query string, the
// session cookie, JSON answers. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http_message.h"
#include "base/result.h"
#include "json/writer.h"

namespace wardkeep::service::signin {

inline constexpr std::string_view kCookieName = "wardkeep-session";

// The path of a request, without its query.
std::string_view PathOf(const base::HttpRequest& request);

class Parameters {
 public:
  // Empty when absent.
  const std::string& Text(std::string_view name) const;
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  bool IsTrue(std::string_view name) const { return Text(name) == "true"; }
  void Add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }

 private:
  const std::string* Find(std::string_view name) const;
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// The body of a POST: a JSON object of strings, where `root` may be a boolean, or a form. Of a name that is
// given twice in a form the first counts. The error is a sentence.
base::Result<Parameters> ReadBody(const base::HttpRequest& request);
// The query string and, in a POST, the form in the body.
base::Result<Parameters> ReadQueryAndForm(const base::HttpRequest& request);

// False for a POST that a page of another origin has a browser send: an Origin header that is not exactly the
// scheme, host and port of this request, or a Sec-Fetch-Site of another site. Behind a proxy that ends TLS
// the scheme is that of X-Forwarded-Proto, believed from trusted proxies.
bool IsFromOwnOrigin(const base::HttpRequest& request);

// The value of the session cookie; nullopt without one.
std::optional<std::string> SessionCookie(const base::HttpRequest& request);
// HttpOnly, SameSite=Lax, Secure over TLS. `max_age` 0 removes the cookie.
std::string SetCookie(const base::HttpRequest& request, std::string_view value, int64_t max_age);

base::HttpResponse JsonAnswer(int status, json::Writer body);
// {"code":...,"message":...}
base::HttpResponse Refusal(int status, std::string_view code, std::string_view message);
// 429 TooManyAttempts with Retry-After.
base::HttpResponse HeldUp(std::chrono::seconds wait);

}  // namespace wardkeep::service::signin
