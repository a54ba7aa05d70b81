// A small client that signs requests for the tests. It writes the canonical request out by hand instead of
// calling the code under test, and so handles only what the tests need: path "/" and values without anything
// to normalise.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auth/sigv4_request.h"
#include "base/ascii.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/percent.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"

namespace wardkeep::auth {

inline constexpr std::string_view kTestKeyId = "AKIAIOSFODNN7EXAMPLE";
inline constexpr std::string_view kTestSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

// A request that owns its texts.
struct TestRequest {
  std::string method = "POST";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  void Set(std::string_view name, std::string_view value) {
    Remove(name);
    headers.emplace_back(name, value);
  }
  void Remove(std::string_view name) {
    std::erase_if(headers,
                  [&](const auto& header) { return base::EqualsIgnoreAsciiCase(header.first, name); });
  }
  std::string Get(std::string_view name) const {
    for (const auto& [header, value] : headers) {
      if (base::EqualsIgnoreAsciiCase(header, name)) return value;
    }
    return {};
  }
};

// Valid while the request lives unchanged.
struct RequestView {
  explicit RequestView(const TestRequest& request) {
    for (const auto& [name, value] : request.headers) headers.push_back({name, value});
    view = {request.method, request.target, headers, request.body};
  }
  std::vector<HeaderView> headers;
  SignedRequestView view;
};

struct ClientOptions {
  std::string key_id{kTestKeyId};
  std::string secret{kTestSecret};
  std::string date = "20250101T000000Z";
  std::string scope_date = "20250101";
  std::string region = "us-east-1";
  std::string service = "iam";
  std::string terminator = "aws4_request";
  std::string token;

  std::string Scope() const { return scope_date + "/" + region + "/" + service + "/" + terminator; }
};

inline std::string SignCanonical(const ClientOptions& options, const std::string& canonical) {
  const std::string to_sign =
      "AWS4-HMAC-SHA256\n" + options.date + "\n" + options.Scope() + "\n" + crypto::Sha256Hex(canonical);
  const std::string start = "AWS4" + options.secret;
  std::vector<uint8_t> key(start.begin(), start.end());
  for (std::string_view step :
       {std::string_view(options.scope_date), std::string_view(options.region),
        std::string_view(options.service), std::string_view(options.terminator), std::string_view(to_sign)}) {
    const crypto::Sha256Digest digest = crypto::HmacSha256(key, step);
    key.assign(digest.begin(), digest.end());
  }
  return base::HexEncode(key);
}

// The canonical lines and the list of all headers that the request has now, names taken as they are.
inline std::pair<std::string, std::string> SignedHeaderLines(const TestRequest& request) {
  auto sorted = request.headers;
  for (auto& header : sorted) header.first = base::AsciiLower(header.first);
  std::ranges::stable_sort(sorted, {}, &std::pair<std::string, std::string>::first);
  std::string lines;
  std::string names;
  for (const auto& [name, value] : sorted) {
    lines += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  return {lines, names};
}

// Adds the Authorization header, signing every header that is there already.
inline void SignInHeader(TestRequest& request, const ClientOptions& options) {
  const auto [lines, names] = SignedHeaderLines(request);
  const auto mark = request.target.find('?');
  const std::string query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
  const std::string canonical =
      request.method + "\n/\n" + query + "\n" + lines + "\n" + names + "\n" + crypto::Sha256Hex(request.body);
  request.Set("Authorization", "AWS4-HMAC-SHA256 Credential=" + options.key_id + "/" + options.Scope() +
                                   ", SignedHeaders=" + names +
                                   ", Signature=" + SignCanonical(options, canonical));
}

// A CreateUser call in the Query protocol, signed as botocore does.
inline TestRequest SignedPost(const ClientOptions& options = {}) {
  TestRequest request;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                     {"Host", "iam.example.com"},
                     {"X-Amz-Date", options.date}};
  if (!options.token.empty()) request.Set("X-Amz-Security-Token", options.token);
  request.body = "Action=CreateUser&Version=2010-05-08&UserName=bob";
  SignInHeader(request, options);
  return request;
}

// A presigned GetCallerIdentity; `extra` are further parameters that sort before X-Amz-.
inline TestRequest PresignedGet(const ClientOptions& options = {}) {
  TestRequest request;
  request.method = "GET";
  request.headers = {{"Host", "sts.example.com"}};
  std::string query =
      "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
      base::PercentEncode(options.key_id + "/" + options.Scope()) + "&X-Amz-Date=" + options.date +
      "&X-Amz-Expires=60";
  if (!options.token.empty()) query += "&X-Amz-Security-Token=" + base::PercentEncode(options.token);
  query += "&X-Amz-SignedHeaders=host";
  const std::string canonical =
      "GET\n/\n" + query + "\nhost:sts.example.com\n\nhost\n" + crypto::Sha256Hex(request.body);
  request.target = "/?" + query + "&X-Amz-Signature=" + SignCanonical(options, canonical);
  return request;
}

// Replaces the first occurrence; a test whose text is not there is wrong.
inline void ReplaceOnce(std::string& text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) std::abort();
  text.replace(at, from.size(), to);
}

}  // namespace wardkeep::auth
