#include "cli/local_http.h"

#include <curl/curl.h>
#include <unistd.h>

#include <memory>

namespace wardkeep::cli {
namespace {

constexpr long kShortSeconds = 30;
constexpr long kLongSeconds = 3600;
constexpr std::size_t kLargestAnswer = 64 * 1024 * 1024;

std::size_t Collect(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + size * count > kLargestAnswer) return 0;
  body.append(bytes, size * count);
  return size * count;
}

}  // namespace

base::Result<base::HttpResponse> CallLocal(const std::string& socket_path, const base::HttpRequest& request,
                                           Patience patience) {
  if (::access(socket_path.c_str(), F_OK) != 0) {
    return base::Error(base::ErrorCode::kNotFound,
                       "no server is running here: `" + socket_path + "` does not exist");
  }
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  if (!curl) return base::Error(base::ErrorCode::kInternal, "cannot set up a connection");
  base::HttpResponse response;
  const std::string url = "http://localhost" + request.target;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket_path.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, patience == Patience::kShort ? kShortSeconds : kLongSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &response.body);
  if (request.method == "POST") {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  }
  const CURLcode result = curl_easy_perform(curl.get());
  if (result != CURLE_OK) {
    return base::Error(base::ErrorCode::kUnavailable, "no answer on `" + socket_path + "`",
                       curl_easy_strerror(result));
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
  return response;
}

}  // namespace wardkeep::cli
