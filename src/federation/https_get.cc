#include "federation/https_get.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace wardkeep::federation {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLargestAnswer = 64 * 1024;
constexpr int kLongestChain = 10;
constexpr std::chrono::milliseconds kLongestPoll{50};  // then it looks whether the server stops

base::Error NoAnswer(std::string_view why) {
  return {base::ErrorCode::kUnavailable, "no answer from the identity provider", std::string(why)};
}

std::size_t Collect(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + size * count > kLargestAnswer) return 0;
  body.append(bytes, size * count);
  return size * count;
}

curl_socket_t OpenSocket(void* addresses, curlsocktype, curl_sockaddr* address) {
  if (!static_cast<const OutboundAddresses*>(addresses)->IsAllowed(address->addr)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
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

void SetOptions(CURL* curl, const HttpsQuestion& question, HttpsAnswer& answer) {
  curl_easy_setopt(curl, CURLOPT_URL, question.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  // A look-up that hangs must hold neither the answer nor the end of the server.
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, const_cast<OutboundAddresses*>(&question.addresses));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
}

// Until the transfer has ended, its time is over or the server stops.
base::Result<void> Perform(CURLM* multi, const HttpsQuestion& question) {
  int running = 1;
  while (curl_multi_perform(multi, &running) == CURLM_OK && running > 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(question.deadline - Clock::now());
    if (left.count() <= 0) return NoAnswer("none in time");
    if (question.stopping.stop_requested()) return NoAnswer("the server stops");
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::min(left, kLongestPoll).count()), nullptr);
  }
  int more = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &more);
  if (message == nullptr || message->msg != CURLMSG_DONE) return NoAnswer("the transfer ended early");
  if (message->data.result != CURLE_OK) return NoAnswer(curl_easy_strerror(message->data.result));
  return {};
}

}  // namespace

base::Result<HttpsAnswer> HttpsGet(const HttpsQuestion& question) {
  const std::unique_ptr<CURLM, void (*)(CURLM*)> multi(curl_multi_init(),
                                                       [](CURLM* handle) { curl_multi_cleanup(handle); });
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!multi || !curl) return base::Error(base::ErrorCode::kInternal, "cannot set up a connection");
  HttpsAnswer answer;
  SetOptions(curl.get(), question, answer);
  curl_multi_add_handle(multi.get(), curl.get());
  const auto performed = Perform(multi.get(), question);
  long status = 0;
  if (performed) {
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.pem_chain = ChainOf(curl.get());
  }
  curl_multi_remove_handle(multi.get(), curl.get());
  WK_TRY(performed);
  if (status != 200) return NoAnswer("status " + std::to_string(status));
  return answer;
}

}  // namespace wardkeep::federation
