// A listener on a free loopback port around a handler written in the test.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/http_message.h"
#include "log/file_sink.h"
#include "log/log.h"
#include "net/listener.h"
#include "net/raw_client.h"

namespace wardkeep::net {

class FunctionHandler final : public base::HttpHandler {
 public:
  using Function = std::function<void(base::HttpRequest, base::Responder)>;
  explicit FunctionHandler(Function function) : function_(std::move(function)) {}
  void Handle(base::HttpRequest request, base::Responder respond) override {
    function_(std::move(request), std::move(respond));
  }

 private:
  Function function_;
};

inline base::HttpResponse Text(std::string body, int status = 200) {
  return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body)};
}

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    options_.threads = 2;
    // Answers with what was received, unless a test says otherwise.
    handle_ = [](base::HttpRequest request, base::Responder respond) {
      respond(Text(request.method + " " + request.target + " " + request.body));
    };
  }

  void Start() {
    handler_ = std::make_unique<FunctionHandler>(handle_);
    auto started = Listener::Start(options_, *handler_, logger_, clock_);
    ASSERT_TRUE(started.has_value()) << started.error().ToString();
    listener_ = std::move(started).value();
  }
  RawClient Connect() { return RawClient::Tcp(listener_->bound_port()); }

  // Waits until `condition` holds; false after ten seconds.
  static bool Eventually(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  ListenerOptions options_;
  FunctionHandler::Function handle_;
  log::NullSink sink_;
  base::SystemClock clock_;
  log::Logger logger_{sink_, clock_, log::Level::kError};
  std::unique_ptr<FunctionHandler> handler_;
  std::unique_ptr<Listener> listener_;  // last: stops before what it uses goes
};

}  // namespace wardkeep::net
