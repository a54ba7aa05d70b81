// Time, numbers of connections and requests, and the end of service.
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "net/address_shares.h"
#include "net/listener_fixture.h"

namespace wardkeep::net {
namespace {

using namespace std::chrono_literals;
using LimitsTest = ListenerTest;

// Collects responders, so that a test decides when its requests are answered.
class Held {
 public:
  FunctionHandler::Function Handler() {
    return [this](base::HttpRequest, base::Responder respond) {
      const std::lock_guard lock(mutex_);
      responders_.push_back(std::move(respond));
    };
  }
  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return responders_.size();
  }
  void AnswerAll(const std::string& body) {
    std::deque<base::Responder> ready;
    {
      const std::lock_guard lock(mutex_);
      ready.swap(responders_);
    }
    for (auto& respond : ready) respond(Text(body));
  }
  void Drop() {
    const std::lock_guard lock(mutex_);
    responders_.clear();
  }

 private:
  std::mutex mutex_;
  std::deque<base::Responder> responders_;
};

TEST_F(LimitsTest, CutsASlowHead) {
  options_.limits.header_timeout = 100ms;
  Start();
  RawClient client = Connect();
  const auto begin = std::chrono::steady_clock::now();
  // A byte now and then does not help: the deadline is for the whole head.
  bool open = true;
  for (int i = 0; i < 200 && open; ++i) {
    open = client.Send(i == 0 ? "GET / HTTP/1.1\r\n" : "X: 1\r\n");
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_FALSE(open);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
  EXPECT_EQ(listener_->stats().cut_connections, 1U);
}

TEST_F(LimitsTest, CutsAConnectionThatNeverSpeaks) {
  options_.limits.header_timeout = 50ms;
  Start();
  RawClient client = Connect();
  EXPECT_TRUE(client.ClosesWithin(5s));
  EXPECT_TRUE(Eventually([&] { return listener_->stats().connections == 0; }));
}

TEST_F(LimitsTest, CutsASlowBody) {
  options_.limits.body_timeout = 100ms;
  Start();
  RawClient client = Connect();
  client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nsome");
  EXPECT_TRUE(client.ClosesWithin(5s));
}

TEST_F(LimitsTest, CutsAnIdleConnectionAfterItsLastAnswer) {
  options_.limits.idle_timeout = 100ms;
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/"));
  EXPECT_EQ(client.Read()->status, 200);
  EXPECT_TRUE(client.ClosesWithin(5s));
  EXPECT_EQ(listener_->stats().cut_connections, 0U);
}

TEST_F(LimitsTest, CutsAClientThatDoesNotReadItsAnswer) {
  options_.limits.write_timeout = 100ms;
  handle_ = [](base::HttpRequest, base::Responder respond) { respond(Text(std::string(50'000'000, 'x'))); };
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/"));
  EXPECT_TRUE(Eventually([&] { return listener_->stats().cut_connections == 1; }));
  EXPECT_TRUE(Eventually([&] { return listener_->stats().connections == 0; }));
}

TEST_F(LimitsTest, ALongHandlerIsNotCut) {
  options_.limits.header_timeout = options_.limits.idle_timeout = options_.limits.body_timeout = 50ms;
  Held held;
  handle_ = held.Handler();
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/"));
  ASSERT_TRUE(Eventually([&] { return held.size() == 1; }));
  std::this_thread::sleep_for(300ms);
  held.AnswerAll("late");
  EXPECT_EQ(client.Read()->body, "late");
}

TEST_F(LimitsTest, TwoHundredConnectionsAtOnce) {
  Start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(Connect());
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 200; ++i)
      clients[static_cast<std::size_t>(i)].Send(Request("GET", "/" + std::to_string(i)));
    for (int i = 0; i < 200; ++i) {
      EXPECT_EQ(clients[static_cast<std::size_t>(i)].Read()->body, "GET /" + std::to_string(i) + " ");
    }
  }
  EXPECT_EQ(listener_->stats().connections, 200U);
  clients.clear();
  EXPECT_TRUE(Eventually([&] { return listener_->stats().connections == 0; }));
}

TEST_F(LimitsTest, RefusesConnectionsBeyondTheLimitWithTheOverloadResponse) {
  options_.limits.connections = 2;
  options_.overload_response = [] { return Text("<Code>Throttling</Code>", 400); };
  Start();
  RawClient first = Connect();
  RawClient second = Connect();
  for (RawClient* client : {&first, &second}) {
    client->Send(Request("GET", "/"));
    EXPECT_EQ(client->Read()->status, 200);
  }
  RawClient third = Connect();
  third.Send(Request("GET", "/"));
  const auto refused = third.Read();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 400);
  EXPECT_EQ(refused->body, "<Code>Throttling</Code>");
  third.HalfClose();
  EXPECT_TRUE(third.ClosesWithin(5s));
  EXPECT_EQ(listener_->stats().refused_connections, 1U);
  { const RawClient gone = std::move(first); }
  ASSERT_TRUE(Eventually([&] { return listener_->stats().connections == 1; }));
  RawClient fourth = Connect();
  fourth.Send(Request("GET", "/"));
  EXPECT_EQ(fourth.Read()->status, 200);
}

TEST_F(LimitsTest, ShedsRequestsBeyondTheInFlightLimitAndKeepsTheConnection) {
  options_.limits.requests_in_flight = 2;
  options_.overload_response = [] { return Text("busy", 400); };
  Held held;
  handle_ = held.Handler();
  Start();
  std::vector<RawClient> busy;
  for (int i = 0; i < 2; ++i) {
    busy.push_back(Connect());
    busy.back().Send(Request("GET", "/"));
  }
  ASSERT_TRUE(Eventually([&] { return held.size() == 2; }));
  RawClient third = Connect();
  third.Send(Request("GET", "/"));
  EXPECT_EQ(third.Read()->body, "busy");
  EXPECT_EQ(listener_->stats().shed_requests, 1U);
  EXPECT_EQ(listener_->stats().in_flight, 2U);
  held.AnswerAll("done");
  for (RawClient& client : busy) EXPECT_EQ(client.Read()->body, "done");
  third.Send(Request("GET", "/"));
  ASSERT_TRUE(Eventually([&] { return held.size() == 1; }));
  held.AnswerAll("now");
  EXPECT_EQ(third.Read()->body, "now");
}

TEST_F(LimitsTest, ShedsLargeBodiesBeyondTheirSharedRoom) {
  options_.limits.buffered_body_bytes = 1'300'000;  // of which large bodies get three quarters
  options_.is_exempt_address = [](std::string_view) { return true; };
  options_.overload_response = [] { return Text("busy", 400); };
  Start();
  const std::string most(700'000, 'x');
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 700001\r\n\r\n";
  RawClient first = Connect();
  first.Send(head + most);
  RawClient second = Connect();
  second.Send(Request("GET", "/small"));
  EXPECT_EQ(second.Read()->status, 200);
  ASSERT_TRUE(Eventually([&] { return listener_->stats().buffered_body_bytes == most.size() + 1; }));
  second.Send(head + most);
  const auto refused = second.Read();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->body, "busy");
  EXPECT_EQ(refused->headers.at("connection"), "close");
  second.HalfClose();
  EXPECT_TRUE(second.ClosesWithin(5s));
  first.Send("x");
  EXPECT_EQ(first.Read()->body.size(), 700'001U + std::string("POST / ").size());
  // The room is free again.
  for (int i = 0; i < 3; ++i) {
    first.Send(Request("POST", "/", std::string(900'000, 'y')));
    EXPECT_EQ(first.Read()->status, 200);
  }
  EXPECT_EQ(listener_->stats().shed_requests, 1U);
}

// Memory counts from the first byte on, for small bodies too.
TEST_F(LimitsTest, SmallBodiesCountAgainstTheSharedRoom) {
  options_.limits.buffered_body_bytes = 64 * 1024;
  options_.is_exempt_address = [](std::string_view) { return true; };
  options_.overload_response = [] { return Text("busy", 400); };
  Start();
  std::vector<RawClient> waiting;
  for (int i = 0; i < 16; ++i) {
    waiting.push_back(Connect());
    waiting.back().Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\nx");
  }
  ASSERT_TRUE(Eventually([&] { return listener_->stats().buffered_body_bytes >= 16 * 4000; }));
  RawClient late = Connect();
  late.Send(Request("POST", "/", std::string(3000, 'y')));
  EXPECT_EQ(late.Read()->body, "busy");
  waiting.clear();
  ASSERT_TRUE(Eventually([&] { return listener_->stats().buffered_body_bytes == 0; }));
  RawClient after = Connect();
  after.Send(Request("POST", "/", std::string(3000, 'y')));
  EXPECT_EQ(after.Read()->status, 200);
}

TEST_F(LimitsTest, OneAddressHoldsAQuarterOfTheRoomForBodies) {
  options_.limits.buffered_body_bytes = 400'000;
  options_.overload_response = [] { return Text("busy", 400); };
  Start();
  RawClient first = Connect();
  first.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n" + std::string(59'999, 'x'));
  ASSERT_TRUE(Eventually([&] { return listener_->stats().buffered_body_bytes >= 60'000; }));
  RawClient second = Connect();
  second.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n" + std::string(59'999, 'x'));
  EXPECT_EQ(second.Read()->body, "busy");
  first.Send("x");
  EXPECT_EQ(first.Read()->status, 200);
}

TEST_F(LimitsTest, OneAddressHasItsShareOfTheConnections) {
  options_.limits.connections_of_an_address = 3;
  Start();
  std::vector<RawClient> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(Connect());
    open.back().Send(Request("GET", "/"));
    EXPECT_EQ(open.back().Read()->status, 200);
  }
  RawClient beyond = Connect();
  EXPECT_TRUE(beyond.ClosesWithin(5s));
  EXPECT_EQ(listener_->stats().refused_connections, 1U);
  open.pop_back();
  ASSERT_TRUE(Eventually([&] { return listener_->stats().connections == 2; }));
  RawClient again = Connect();
  again.Send(Request("GET", "/"));
  EXPECT_EQ(again.Read()->status, 200);
}

TEST_F(LimitsTest, ExemptAddressesHaveNoShare) {
  options_.limits.connections_of_an_address = 1;
  options_.is_exempt_address = [](std::string_view address) { return address == "127.0.0.1"; };
  Start();
  RawClient first = Connect();
  RawClient second = Connect();
  second.Send(Request("GET", "/"));
  EXPECT_EQ(second.Read()->status, 200);
}

// A head has its time from its first byte on, and an empty line is one.
TEST_F(LimitsTest, EmptyLinesDoNotRenewTheDeadline) {
  options_.limits.header_timeout = 400ms;
  Start();
  RawClient client = Connect();
  const auto begin = std::chrono::steady_clock::now();
  bool closed = false;
  while (!closed && std::chrono::steady_clock::now() < begin + 20s) {
    client.Send("\r\n");
    closed = client.ClosesWithin(50ms);
  }
  EXPECT_TRUE(closed);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST(NetworkOf, IsTheAddressOrItsNetworkOf64Bits) {
  EXPECT_EQ(NetworkOf("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(NetworkOf("2001:db8:1:2::1"), NetworkOf("2001:db8:1:2:ffff::9"));
  EXPECT_NE(NetworkOf("2001:db8:1:2::1"), NetworkOf("2001:db8:1:3::1"));
}

TEST_F(LimitsTest, AnswersFromOtherThreadsKeepTheirOrder) {
  std::vector<std::thread> workers;
  std::mutex mutex;
  handle_ = [&](base::HttpRequest request, base::Responder respond) {
    const std::lock_guard lock(mutex);
    workers.emplace_back([target = request.target, respond = std::move(respond)] { respond(Text(target)); });
  };
  Start();
  std::vector<RawClient> clients;
  for (int c = 0; c < 8; ++c) {
    clients.push_back(Connect());
    std::string pipelined;
    for (int i = 0; i < 25; ++i)
      pipelined += Request("GET", "/" + std::to_string(c) + "/" + std::to_string(i));
    clients.back().Send(pipelined);
  }
  for (int c = 0; c < 8; ++c) {
    for (int i = 0; i < 25; ++i) {
      EXPECT_EQ(clients[static_cast<std::size_t>(c)].Read()->body,
                "/" + std::to_string(c) + "/" + std::to_string(i));
    }
  }
  for (auto& worker : workers) worker.join();
}

TEST_F(LimitsTest, OnlyTheFirstAnswerCounts) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(Text("first " + request.target));
    respond(Text("second"));
  };
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/a") + Request("GET", "/b"));
  EXPECT_EQ(client.Read()->body, "first /a");
  EXPECT_EQ(client.Read()->body, "first /b");
}

TEST_F(LimitsTest, AForgottenRequestIsAnswered500) {
  Held held;
  handle_ = [&](base::HttpRequest request, base::Responder respond) {
    if (request.target == "/later") held.Handler()(std::move(request), std::move(respond));
  };
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/now"));
  EXPECT_EQ(client.Read()->status, 500);
  client.Send(Request("GET", "/later"));
  ASSERT_TRUE(Eventually([&] { return held.size() == 1; }));
  held.Drop();
  EXPECT_EQ(client.Read()->status, 500);
}

TEST_F(LimitsTest, AThrowingHandlerIsAnswered500AndTheConnectionGoesOn) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    if (request.target == "/throw") throw std::runtime_error("broken");
    if (request.target == "/odd") throw 7;
    respond(Text("fine"));
  };
  Start();
  RawClient client = Connect();
  client.Send(Request("GET", "/throw") + Request("GET", "/odd") + Request("GET", "/"));
  EXPECT_EQ(client.Read()->status, 500);
  EXPECT_EQ(client.Read()->status, 500);
  EXPECT_EQ(client.Read()->body, "fine");
  EXPECT_EQ(listener_->stats().handler_exceptions, 2U);
}

TEST_F(LimitsTest, StopLetsRequestsInFlightFinishAndClosesIdleConnections) {
  Held held;
  handle_ = held.Handler();
  Start();
  RawClient idle = Connect();
  RawClient busy = Connect();
  busy.Send(Request("GET", "/"));
  ASSERT_TRUE(Eventually([&] { return held.size() == 1 && listener_->stats().connections == 2; }));
  const uint16_t port = listener_->bound_port();
  auto stopped = std::async(std::launch::async, [&] { listener_->Stop(10s); });
  EXPECT_TRUE(idle.ClosesWithin(5s));
  EXPECT_TRUE(Eventually([&] { return !RawClient::Tcp(port).is_connected(); }));
  EXPECT_EQ(stopped.wait_for(0s), std::future_status::timeout);
  held.AnswerAll("finished");
  const auto response = busy.Read();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "finished");
  EXPECT_EQ(response->headers.at("connection"), "close");
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
}

TEST_F(LimitsTest, StopGivesUpAtItsDeadlineAndLateAnswersAreHarmless) {
  Held held;
  handle_ = held.Handler();
  Start();
  RawClient waiting = Connect();
  waiting.Send(Request("GET", "/"));
  RawClient half = Connect();
  half.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
  ASSERT_TRUE(Eventually([&] { return held.size() == 1 && listener_->stats().connections == 2; }));
  const auto begin = std::chrono::steady_clock::now();
  listener_->Stop(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  EXPECT_TRUE(waiting.ClosesWithin(5s));
  EXPECT_TRUE(half.ClosesWithin(5s));
  EXPECT_EQ(listener_->stats().connections, 0U);
  listener_.reset();
  held.AnswerAll("too late");
}

TEST_F(LimitsTest, StopWithoutConnectionsIsImmediate) {
  Start();
  const auto begin = std::chrono::steady_clock::now();
  listener_->Stop(30s);
  listener_->Stop(30s);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

}  // namespace
}  // namespace wardkeep::net
