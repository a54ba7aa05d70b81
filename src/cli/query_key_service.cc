#include "cli/query_key_service.h"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <thread>

#include "auth/sign_request.h"
#include "base/base64.h"
#include "base/percent.h"
#include "cli/query_answer.h"

namespace wardkeep::cli {
namespace {

using rotation::CallFault;
using rotation::CallResult;
using rotation::KeyFacts;
using rotation::ProfileKey;

constexpr long kPatienceSeconds = 30;
constexpr std::size_t kLargestAnswer = 1024 * 1024;
constexpr std::string_view kRegion = "us-east-1";
constexpr int kTries = 3;
constexpr int kMostPages = 10;

std::size_t Collect(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + size * count > kLargestAnswer) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::string_view VersionOf(std::string_view service) {
  return service == "iam" ? "2010-05-08" : "2011-06-15";
}

// Host and port of a URL, as the Host header has them.
std::string HostOf(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find('/')));
}

CallResult<base::HttpResponse> Send(const std::string& url, const base::HttpRequest& request) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return CallFault{"", "cannot set up a connection", false};
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(nullptr, curl_slist_free_all);
  for (const auto& [name, value] : request.headers) {
    headers.reset(curl_slist_append(headers.release(), (name + ": " + value).c_str()));
  }
  base::HttpResponse response;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kPatienceSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &response.body);
  const CURLcode result = curl_easy_perform(curl.get());
  if (result != CURLE_OK) return CallFault{"", curl_easy_strerror(result), true};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
  return response;
}

CallFault FaultOf(const base::HttpResponse& response) {
  CallFault fault;
  fault.code = TextOf(response.body, "Code").value_or("");
  fault.message = TextOf(response.body, "Message").value_or("");
  if (fault.code.empty()) {
    fault.message = "the server answered with status " + std::to_string(response.status);
    fault.code = response.status >= 500 ? "" : "HTTP" + std::to_string(response.status);
  }
  fault.transient =
      response.status >= 500 || fault.code == "Throttling" || fault.code == "RequestLimitExceeded";
  return fault;
}

CallFault Unreadable(std::string_view action) {
  return {"", "the answer to " + std::string(action) + " cannot be read", false};
}

}  // namespace

QueryKeyService::QueryKeyService(std::string endpoint, const base::Clock& clock)
    : endpoint_(std::move(endpoint)), clock_(clock) {
  while (endpoint_.ends_with('/')) endpoint_.pop_back();
}

CallResult<std::string> QueryKeyService::CallOnce(const ProfileKey& key, std::string_view service,
                                                  std::string_view action, const Parameters& parameters) {
  const std::string base_url =
      endpoint_.empty() ? "https://" + std::string(service) + ".amazonaws.com" : endpoint_;
  base::HttpRequest request;
  request.method = "POST";
  request.target = "/";
  request.headers = {{"Host", HostOf(base_url)},
                     {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body.append("Action=").append(action).append("&Version=").append(VersionOf(service));
  for (const auto& [name, value] : parameters) {
    request.body.append("&").append(name).append("=").append(base::PercentEncode(value));
  }
  auth::SignRequest(request, {key.access_key_id, key.secret.Clone()}, kRegion, service, clock_.Now());
  WK_ASSIGN(base::HttpResponse response, Send(base_url + "/", request));
  if (response.status != 200) return FaultOf(response);
  return std::move(response.body);
}

CallResult<std::string> QueryKeyService::Call(const ProfileKey& key, std::string_view service,
                                              std::string_view action, const Parameters& parameters) {
  for (int tries = 1;; ++tries) {
    auto answer = CallOnce(key, service, action, parameters);
    if (answer || !answer.error().transient || tries == kTries) return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(500) * tries);
  }
}

CallResult<std::string> QueryKeyService::CallerArn(const ProfileKey& key) {
  WK_ASSIGN(const std::string answer, Call(key, "sts", "GetCallerIdentity"));
  if (auto arn = TextOf(answer, "Arn")) return *std::move(arn);
  return Unreadable("GetCallerIdentity");
}

CallResult<std::vector<KeyFacts>> QueryKeyService::ListKeys(const ProfileKey& key) {
  std::vector<KeyFacts> keys;
  std::string marker;
  for (int page = 0; page < kMostPages; ++page) {
    Parameters parameters;
    if (!marker.empty()) parameters.emplace_back("Marker", marker);
    WK_ASSIGN(const std::string answer, Call(key, "iam", "ListAccessKeys", parameters));
    for (const std::string_view member : ElementsOf(answer, "member")) {
      const auto id = TextOf(member, "AccessKeyId");
      if (!id) return Unreadable("ListAccessKeys");
      keys.push_back({*id, TextOf(member, "Status") == "Active", TextOf(member, "CreateDate").value_or("")});
    }
    if (TextOf(answer, "IsTruncated") != "true") return keys;
    marker = TextOf(answer, "Marker").value_or("");
  }
  return Unreadable("ListAccessKeys");
}

CallResult<bool> QueryKeyService::WasUsed(const ProfileKey& key, const std::string& access_key_id) {
  WK_ASSIGN(const std::string answer,
            Call(key, "iam", "GetAccessKeyLastUsed", {{"AccessKeyId", access_key_id}}));
  return TextOf(answer, "LastUsedDate").has_value();
}

// Never asked twice: each answer makes another key.
CallResult<ProfileKey> QueryKeyService::CreateKey(const ProfileKey& key) {
  WK_ASSIGN(const std::string answer, CallOnce(key, "iam", "CreateAccessKey", {}));
  auto id = TextOf(answer, "AccessKeyId");
  auto secret = TextOf(answer, "SecretAccessKey");
  // The key exists by now; marked so that the next run looks for it.
  if (!id || !secret) return CallFault{"", "the answer to CreateAccessKey cannot be read", true};
  return ProfileKey{*std::move(id), base::Secret(*std::move(secret))};
}

CallResult<void> QueryKeyService::Deactivate(const ProfileKey& key, const std::string& access_key_id) {
  const auto answer =
      Call(key, "iam", "UpdateAccessKey", {{"AccessKeyId", access_key_id}, {"Status", "Inactive"}});
  if (!answer) return answer.error();
  return {};
}

CallResult<void> QueryKeyService::Delete(const ProfileKey& key, const std::string& access_key_id) {
  const auto answer = Call(key, "iam", "DeleteAccessKey", {{"AccessKeyId", access_key_id}});
  if (!answer) return answer.error();
  return {};
}

}  // namespace wardkeep::cli
