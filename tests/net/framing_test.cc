// How the bytes of a connection become requests and responses.
#include <gtest/gtest.h>

#include <string>

#include "net/listener_fixture.h"

namespace wardkeep::net {
namespace {

using FramingTest = ListenerTest;

TEST_F(FramingTest, AnswersWithTheServersOwnFields) {
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/x?y=1"));
  const auto response = client.Read();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "GET /x?y=1 ");
  EXPECT_EQ(response->headers.at("server"), "Wardkeep");
  EXPECT_EQ(response->headers.at("content-length"), "11");
  EXPECT_TRUE(response->headers.at("date").ends_with(" GMT"));
  EXPECT_FALSE(response->headers.contains("connection"));
}

TEST_F(FramingTest, HandsOverTargetAndFieldsAsSent) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    std::string seen = request.target + "|" + request.peer_address + (request.secure ? "|tls" : "|plain");
    for (const auto& [name, value] : request.headers) seen += "|" + name + "=" + value;
    seen += "|" + (request.Header("X-TWICE") ? *request.Header("X-TWICE") : "none");
    respond(Text(seen));
  };
  Start();
  RawClient client = Connect();
  client.Send(
      "GET /a%2/%zz%00/../b//c?q=%&%41 HTTP/1.1\r\nhOsT: h\r\nx-Twice:  a  b \r\nX-twice: "
      "2\r\nEmpty:\r\n\r\n");
  EXPECT_EQ(client.Read()->body,
            "/a%2/%zz%00/../b//c?q=%&%41|127.0.0.1|plain|hOsT=h|x-Twice=a  b|X-twice=2|Empty=|a  b");
}

TEST_F(FramingTest, KeepsTheConnectionForTheNextRequest) {
  Start();
  RawClient client = Connect();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.Send(Request("POST", "/" + std::to_string(i), "body" + std::to_string(i))));
    EXPECT_EQ(client.Read()->body, "POST /" + std::to_string(i) + " body" + std::to_string(i));
  }
  EXPECT_EQ(listener_->stats().accepted, 1U);
}

TEST_F(FramingTest, AnswersPipelinedRequestsInOrder) {
  Start();
  RawClient client = Connect();
  std::string all;
  for (int i = 0; i < 100; ++i)
    all += Request("POST", "/" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'x'));
  client.Send(all);
  for (int i = 0; i < 100; ++i) {
    const auto response = client.Read();
    ASSERT_TRUE(response) << i;
    EXPECT_EQ(response->body,
              "POST /" + std::to_string(i) + " " + std::string(static_cast<std::size_t>(i), 'x'));
  }
}

TEST_F(FramingTest, AcceptsARequestByteByByte) {
  Start();
  RawClient client = Connect();
  for (char c : Request("POST", "/slow", "drip")) client.Send(std::string_view(&c, 1));
  EXPECT_EQ(client.Read()->body, "POST /slow drip");
  const std::string chunked =
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
  for (char c : chunked) client.Send(std::string_view(&c, 1));
  EXPECT_EQ(client.Read()->body, "POST /c abc0123456789");
}

TEST_F(FramingTest, ForgetsTrailers) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(Text(request.Header("X-Trailer") ? "seen" : "unseen"));
  };
  Start();
  RawClient client = Connect();
  client.Send(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Trailer: 1\r\n\r\n");
  EXPECT_EQ(client.Read()->body, "unseen");
}

TEST_F(FramingTest, SendsNoBodyForHeadAndBodilessStatuses) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(Text("twelve bytes", request.target == "/204" ? 204 : 200));
  };
  Start();
  RawClient client = Connect();
  client.Send(Request("HEAD", "/") + Request("GET", "/204") + Request("GET", "/"));
  EXPECT_EQ(client.Read(RawClient::Body::kNone)->headers.at("content-length"), "12");
  const auto no_content = client.Read();
  EXPECT_EQ(no_content->status, 204);
  EXPECT_FALSE(no_content->headers.contains("content-length"));
  EXPECT_EQ(client.Read()->body, "twelve bytes");
}

TEST_F(FramingTest, TellsTheClientToContinue) {
  Start();
  RawClient client = Connect();
  client.Send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");
  const auto interim = client.Read();
  EXPECT_EQ(interim->head, "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("data");
  EXPECT_EQ(client.Read()->body, "POST /e data");
}

TEST_F(FramingTest, SkipsContinueWhenTheBodyIsAlreadyHere) {
  Start();
  RawClient client = Connect();
  client.Send(Request("POST", "/e", "data", "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.Read()->status, 200);
}

struct ClosingCase {
  std::string_view name;
  std::string request;
  bool closes;
  std::string_view connection;  // the response's Connection field; empty for none
};

TEST_F(FramingTest, ClosesWhenAskedTo) {
  Start();
  const ClosingCase cases[] = {
      {"1.1 close", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", true, "close"},
      {"1.1 close among others", "GET / HTTP/1.1\r\nHost: h\r\nConnection: foo, Close\r\n\r\n", true,
       "close"},
      {"1.0", "GET / HTTP/1.0\r\n\r\n", true, "close"},
      {"1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false, "keep-alive"},
      {"1.1", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", false, ""},
  };
  for (const auto& [name, request, closes, connection] : cases) {
    RawClient client = Connect();
    client.Send(request);
    const auto response = client.Read();
    ASSERT_TRUE(response) << name;
    EXPECT_EQ(response->status, 200) << name;
    EXPECT_EQ(response->headers.contains("connection") ? response->headers.at("connection") : "", connection)
        << name;
    if (closes) {
      EXPECT_TRUE(client.ClosesWithin(std::chrono::seconds(5))) << name;
    } else {
      client.Send(request);
      EXPECT_EQ(client.Read()->status, 200) << name;
    }
  }
}

struct RefusalCase {
  std::string_view name;
  std::string bytes;
  int status;
};

// Each is answered with an empty body and the connection is closed; nothing reaches the handler.
TEST_F(FramingTest, RefusesBrokenRequestsAndCloses) {
  using namespace std::string_literals;
  std::atomic<int> handled = 0;
  handle_ = [&handled](base::HttpRequest, base::Responder respond) {
    ++handled;
    respond(Text("no"));
  };
  options_.limits.body_bytes = 1000;
  Start();
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
  const RefusalCase cases[] = {
      {"garbage", "\x16\x03\x01\x02\x00\x01\x00\xff\xfe garbage\r\n\r\n"s, 400},
      {"only NULs", std::string(64, '\0') + "\r\n\r\n", 400},
      {"no version", "GET /\r\n\r\n", 400},
      {"unknown version", "GET / HTTP/3.7\r\nHost: h\r\n\r\n", 400},
      {"space in target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"NUL in target", "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n"s, 400},
      {"NUL in value", "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"s, 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: h\n\n\r\n\r\n", 400},
      {"space before colon", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400},
      {"field without colon", "GET / HTTP/1.1\r\nHost: h\r\nbroken\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"negative length", post + "Content-Length: -1\r\n\r\n", 400},
      {"length in words", post + "Content-Length: ten\r\n\r\n", 400},
      {"length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"two lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"length and chunked", post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"chunked and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", 400},
      {"other coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
      {"identity coding", post + "Transfer-Encoding: identity\r\n\r\n", 400},
      {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"chunk size in words", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"chunk without end", post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400},
      {"endless chunk extension", post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'a'),
       400},
      {"unknown expectation", post + "Expect: the-unexpected\r\nContent-Length: 1\r\n\r\n", 417},
      {"announced body too large", post + "Content-Length: 1001\r\n\r\n", 413},
      {"announced body too large, continue", post + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n",
       413},
      {"chunked body too large", post + "Transfer-Encoding: chunked\r\n\r\n3E9\r\n", 413},
      {"many chunks too large",
       post + "Transfer-Encoding: chunked\r\n\r\n1F4\r\n" + std::string(500, 'x') + "\r\n1F5\r\n", 413},
      {"target too long", "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"endless target", "GET /" + std::string(200'000, 'a'), 400},
      {"value too long", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n", 400},
  };
  for (const auto& [name, bytes, status] : cases) {
    RawClient client = Connect();
    client.Send(bytes);
    const auto response = client.Read();
    ASSERT_TRUE(response) << name;
    EXPECT_EQ(response->status, status) << name;
    EXPECT_EQ(response->body, "") << name;
    EXPECT_EQ(response->headers.at("connection"), "close") << name;
    client.HalfClose();
    EXPECT_TRUE(client.ClosesWithin(std::chrono::seconds(5))) << name;
  }
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(listener_->stats().broken_requests, std::size(cases));
}

TEST_F(FramingTest, CountsTheWholeHeadAgainstItsLimitHoweverItArrives) {
  Start();
  RawClient client = Connect();
  client.Send("GET / HTTP/1.1\r\nHost: h\r\n");
  bool open = true;
  for (int i = 0; i < 400 && open; ++i)
    open = client.Send("X-Field-" + std::to_string(i) + ": " + std::string(90, 'v') + "\r\n");
  EXPECT_EQ(client.Read()->status, 400);
}

TEST_F(FramingTest, TakesAHeadJustUnderItsLimit) {
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/", {}, "X: " + std::string(16'000, 'a') + "\r\n"));
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(FramingTest, TakesABodyOfExactlyTheLimit) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(Text(std::to_string(request.body.size())));
  };
  Start();
  RawClient client = Connect();
  client.Send(Request("POST", "/", std::string(10'000'000, 'x')));
  EXPECT_EQ(client.Read()->body, "10000000");
  client.Send(Request("POST", "/", std::string(10'000'001, 'x')));
  EXPECT_EQ(client.Read()->status, 413);
}

TEST_F(FramingTest, AnswersAClientThatHasStoppedSending) {
  Start();
  RawClient client = Connect();
  client.Send(Request("POST", "/half", "closed"));
  client.HalfClose();
  EXPECT_EQ(client.Read()->body, "POST /half closed");
  EXPECT_TRUE(client.ClosesWithin(std::chrono::seconds(5)));
}

TEST_F(FramingTest, RefusesATruncatedRequest) {
  Start();
  const std::string whole = Request("POST", "/cut", "0123456789");
  for (std::size_t length :
       {std::size_t{1}, std::size_t{3}, std::size_t{20}, whole.size() - 11, whole.size() - 1}) {
    RawClient client = Connect();
    client.Send(whole.substr(0, length));
    client.HalfClose();
    const auto response = client.Read();
    ASSERT_TRUE(response) << length;
    EXPECT_EQ(response->status, 400) << length;
    EXPECT_TRUE(client.ClosesWithin(std::chrono::seconds(5))) << length;
  }
}

TEST_F(FramingTest, ToleratesEmptyLinesBetweenRequests) {
  Start();
  RawClient client = Connect();
  client.Send("\r\n\r\n" + Request("POST", "/1", "a") + "\r\n" + Request("GET", "/2"));
  EXPECT_EQ(client.Read()->body, "POST /1 a");
  EXPECT_EQ(client.Read()->body, "GET /2 ");
}

TEST_F(FramingTest, LargeAnswersArriveWhole) {
  const std::string large(5'000'000, 'z');
  handle_ = [&large](base::HttpRequest, base::Responder respond) { respond(Text(large)); };
  Start();
  RawClient client = Connect();
  for (int i = 0; i < 3; ++i) {
    client.Send(Request("GET", "/"));
    EXPECT_EQ(client.Read()->body, large);
  }
}

}  // namespace
}  // namespace wardkeep::net
