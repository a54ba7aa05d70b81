#include "federation/idp_certificate.h"

#include <curl/curl.h>

#include <memory>
#include <optional>

#include "base/base64.h"
#include "crypto/certificate_thumbprint.h"
#include "federation/oidc_url.h"
#include "json/parse.h"

namespace wardkeep::federation {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLargestAnswer = 64 * 1024;
constexpr int kLongestChain = 10;

struct Answer {
  std::string body;
  std::string pem_chain;
};

base::Error Invalid(std::string what) {
  return base::Error(base::ErrorCode::kInvalid, std::move(what));
}

std::size_t Collect(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + size * count > kLargestAnswer) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::string ChainOf(CURL* curl) {
  curl_certinfo* info = nullptr;
  std::string chain;
  if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &info) != CURLE_OK || info == nullptr) return chain;
  for (int i = 0; i < info->num_of_certs && i < kLongestChain; ++i) {
    for (const curl_slist* line = info->certinfo[i]; line != nullptr; line = line->next) {
      const std::string_view text(line->data);
      if (text.starts_with("Cert:")) chain.append(text.substr(5)).append("\n");
    }
  }
  return chain;
}

base::Result<Answer> Get(const std::string& url, Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  if (left.count() <= 0) return base::Error(base::ErrorCode::kUnavailable, "no answer in time");
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return base::Error(base::ErrorCode::kInternal, "cannot set up a connection");
  Answer answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl.get(), CURLOPT_CERTINFO, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  const CURLcode result = curl_easy_perform(curl.get());
  if (result != CURLE_OK) {
    return base::Error(base::ErrorCode::kUnavailable, "no answer from the identity provider",
                       curl_easy_strerror(result));
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return Invalid("the identity provider answered with status " + std::to_string(status));
  answer.pem_chain = ChainOf(curl.get());
  return answer;
}

// The URL with another port; only tests have one.
std::string WithPort(std::string_view name, int port) {
  std::string url = "https://";
  const auto slash = std::min(name.find('/'), name.size());
  url.append(name.substr(0, slash));
  if (port != 443) url.append(":").append(std::to_string(port));
  return url.append(name.substr(slash));
}

}  // namespace

base::Result<std::string> LastThumbprint(std::string_view pem_chain) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  const auto begin = pem_chain.rfind(kBegin);
  if (begin == std::string_view::npos) return Invalid("no certificate");
  std::string_view body = pem_chain.substr(begin + kBegin.size());
  const auto end = body.find(kEnd);
  if (end == std::string_view::npos) return Invalid("a certificate is cut off");
  std::string packed;
  for (const char c : body.substr(0, end)) {
    if (c != '\n' && c != '\r' && c != ' ') packed.push_back(c);
  }
  const auto der = base::Base64Decode(packed);
  if (!der || der->empty()) return Invalid("a certificate is not base64");
  return crypto::CertificateThumbprint(*der);
}

base::Result<std::string> KeySetUrl(std::string_view discovery_document, std::string_view name) {
  const auto root = json::Parse(discovery_document);
  if (!root) return Invalid("the discovery document is not JSON");
  const json::Value* issuer = root->Find("issuer");
  if (issuer == nullptr || issuer->AsString() == nullptr ||
      *issuer->AsString() != "https://" + std::string(name)) {
    return Invalid("the discovery document names another issuer");
  }
  const json::Value* keys = root->Find("jwks_uri");
  if (keys == nullptr || keys->AsString() == nullptr || !OidcProviderName(*keys->AsString())) {
    return Invalid("the discovery document has no jwks_uri");
  }
  return *keys->AsString();
}

base::Result<std::string> FetchIdpThumbprint(const IdpQuestion& question) {
  const auto deadline = Clock::now() + question.patience;
  std::string base_url = WithPort(question.name, question.port);
  if (base_url.ends_with('/')) base_url.pop_back();
  WK_ASSIGN(const Answer discovery, Get(base_url + "/.well-known/openid-configuration", deadline));
  WK_ASSIGN(const std::string keys_url, KeySetUrl(discovery.body, question.name));
  const std::optional<std::string> keys_name = OidcProviderName(keys_url);
  WK_ASSIGN(const Answer keys, Get(WithPort(*keys_name, question.port), deadline));
  return LastThumbprint(keys.pem_chain);
}

}  // namespace wardkeep::federation
