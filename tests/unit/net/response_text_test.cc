#include "net/response_text.h"

#include <gtest/gtest.h>

#include <string>

namespace wardkeep::net {
namespace {

constexpr std::string_view kDate = "Wed, 01 May 2024 12:34:56 GMT";
const std::string kStart = "\r\nDate: Wed, 01 May 2024 12:34:56 GMT\r\nServer: Wardkeep\r\n";

struct HeadCase {
  std::string_view name;
  base::HttpResponse response;
  ResponseFraming framing;
  std::string expected;
};

TEST(ResponseText, WritesTheHead) {
  const HeadCase cases[] = {
      {"body",
       {200, {{"Content-Type", "text/xml"}}, "<a/>"},
       {},
       "HTTP/1.1 200 OK" + kStart + "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n"},
      {"empty body", {404, {}, ""}, {}, "HTTP/1.1 404 Not Found" + kStart + "Content-Length: 0\r\n\r\n"},
      {"no body ever", {304, {}, ""}, {}, "HTTP/1.1 304 Not Modified" + kStart + "\r\n"},
      {"closing",
       {413, {}, ""},
       {.keep_alive = false},
       "HTTP/1.1 413 Content Too Large" + kStart + "Content-Length: 0\r\nConnection: close\r\n\r\n"},
      {"old client",
       {200, {}, ""},
       {.http10 = true},
       "HTTP/1.1 200 OK" + kStart + "Content-Length: 0\r\nConnection: keep-alive\r\n\r\n"},
      {"repeated field",
       {200, {{"Set-Cookie", "a"}, {"Set-Cookie", "b"}}, ""},
       {},
       "HTTP/1.1 200 OK" + kStart + "Set-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n"},
      {"the server's own fields win",
       {200,
        {{"server", "x"},
         {"DATE", "x"},
         {"content-length", "99"},
         {"Connection", "x"},
         {"Transfer-Encoding", "chunked"}},
        "a"},
       {},
       "HTTP/1.1 200 OK" + kStart + "Content-Length: 1\r\n\r\n"},
      {"split response",
       {302, {{"Location", "/a\r\nSet-Cookie: b\n\x01"}, {"Bad\r\nName", "x"}, {"", "x"}}, ""},
       {},
       "HTTP/1.1 302 Found" + kStart + "Location: /a  Set-Cookie: b  \r\nContent-Length: 0\r\n\r\n"},
      {"status without a name",
       {599, {}, ""},
       {},
       "HTTP/1.1 599 Unknown" + kStart + "Content-Length: 0\r\n\r\n"},
  };
  for (const auto& [name, response, framing, expected] : cases) {
    std::string head;
    AppendResponseHead(head, response, framing, kDate);
    EXPECT_EQ(head, expected) << name;
  }
}

}  // namespace
}  // namespace wardkeep::net
