// The server's listener with a handler that answers every request at once with 500 bytes: the upper bound
// that signed requests are measured against.
//
//   bare_responder [THREADS]     prints `ready http://127.0.0.1:PORT`, serves until SIGTERM
#include <signal.h>

#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "log/file_sink.h"
#include "log/log.h"
#include "net/listener.h"

namespace {

class ConstantHandler final : public wardkeep::base::HttpHandler {
 public:
  void Handle(wardkeep::base::HttpRequest, wardkeep::base::Responder respond) override {
    respond({.status = 200, .headers = {{"Content-Type", "text/xml"}}, .body = body_});
  }

 private:
  const std::string body_ = std::string(500, 'x');
};

}  // namespace

int main(int argc, char** argv) {
  namespace wk = wardkeep;
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  ConstantHandler handler;
  const wk::base::SystemClock clock;
  wk::log::NullSink sink;
  const wk::log::Logger logger(sink, clock, wk::log::Level::kError);
  wk::net::ListenerOptions options;
  if (argc > 1) {
    const std::string_view text = argv[1];
    std::from_chars(text.data(), text.data() + text.size(), options.threads);
  }
  const auto listener = wk::net::Listener::Start(options, handler, logger, clock);
  if (!listener) {
    std::fprintf(stderr, "bare_responder: %s\n", listener.error().ToString().c_str());
    return 1;
  }
  std::printf("ready http://127.0.0.1:%d\n", (*listener)->bound_port());
  std::fflush(stdout);
  int signal_number = 0;
  sigwait(&stop, &signal_number);
  (*listener)->Stop(std::chrono::seconds(1));
  return 0;
}
