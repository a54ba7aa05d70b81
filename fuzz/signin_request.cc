// Arbitrary bytes as bodies, queries, cookies and origins of sign-in requests. Nothing may crash, and what is
// read stays within its bounds.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "service/signin/passkey_question.h"
#include "service/signin/signin_http.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const char* type :
       {"application/json", "application/x-www-form-urlencoded; charset=utf-8", "text/plain"}) {
    base::HttpRequest request;
    request.method = "POST";
    request.target = "/federation?" + text;
    request.headers = {{"Content-Type", type}, {"Cookie", text}, {"Origin", text}, {"Host", "h"}};
    request.body = text;
    if (const auto body = service::signin::ReadBody(request)) {
      static_cast<void>(body->Text("password"));
      const auto answer = service::signin::ReadPasskeyAnswer(*body);
      if (answer && *answer && (*answer)->signature.size() > size) std::abort();
    }
    if (const auto query = service::signin::ReadQueryAndForm(request))
      static_cast<void>(query->Text("Action"));
    static_cast<void>(service::signin::IsFromOwnOrigin(request));
    const auto cookie = service::signin::SessionCookie(request);
    if (cookie && cookie->size() > size) std::abort();
  }
  return 0;
}
