#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "net/raw_client.h"

namespace wardkeep {
namespace {

// A run of the program under test, killed with its object if it has not ended by then.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    EXPECT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(err.data(), O_CLOEXEC), 0);
    std::vector<char*> argv = {const_cast<char*>("wardkeep")};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::dup2(err[1], STDERR_FILENO);
      ::execv(std::getenv("WARDKEEP_BINARY"), argv.data());
      ::_exit(127);
    }
    out_ = base::Descriptor(out[0]);
    err_ = base::Descriptor(err[0]);
    ::close(out[1]);
    ::close(err[1]);
  }
  ~Program() {
    if (process_ > 0 && !ended_) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of standard output that starts with `start`, without its newline; empty at the end.
  std::string ReadLine(std::string_view start) {
    std::string line;
    for (char c = 0; ::read(out_.value(), &c, 1) == 1;) {
      if (c != '\n') {
        line += c;
      } else if (line.starts_with(start)) {
        return line;
      } else {
        line.clear();
      }
    }
    return {};
  }
  std::string ReadErrors() {
    std::string text;
    std::array<char, 4096> chunk;
    for (ssize_t n = 0; (n = ::read(err_.value(), chunk.data(), chunk.size())) > 0;) {
      text.append(chunk.data(), static_cast<std::size_t>(n));
    }
    return text;
  }
  void Signal(int number) const { ::kill(process_, number); }
  // The exit status, -1 when it was killed or had to be after ten seconds.
  int Wait() {
    int status = 0;
    for (int i = 0; i < 1000; ++i) {
      if (::waitpid(process_, &status, WNOHANG) == process_) {
        ended_ = true;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    ended_ = true;
    return -1;
  }

 private:
  pid_t process_ = -1;
  bool ended_ = false;
  base::Descriptor out_;
  base::Descriptor err_;
};

const std::vector<std::string> kServe = {"serve",       "--memory",     "--listen",
                                         "127.0.0.1:0", "--account-id", "123456789012"};

uint16_t PortOf(std::string_view ready) {
  static constexpr std::string_view kStart = "ready http://127.0.0.1:";
  EXPECT_TRUE(ready.starts_with(kStart)) << ready;
  EXPECT_TRUE(ready.ends_with(" account 123456789012")) << ready;
  uint16_t port = 0;
  if (ready.size() > kStart.size())
    std::from_chars(ready.data() + kStart.size(), ready.data() + ready.size(), port);
  return port;
}

TEST(ServeProgram, SaysReadyServesAndStopsOnEitherSignal) {
  for (const int signal_number : {SIGTERM, SIGINT}) {
    Program program(kServe);
    const uint16_t port = PortOf(program.ReadLine("ready "));
    for (const char* path : {"/health/live", "/health/ready"}) {
      net::RawClient client = net::RawClient::Tcp(port);
      client.Send(net::Request("GET", path));
      const auto response = client.Read();
      ASSERT_TRUE(response) << path;
      EXPECT_EQ(response->status, 200) << path;
    }
    program.Signal(signal_number);
    EXPECT_EQ(program.Wait(), 0);
    EXPECT_FALSE(net::RawClient::Tcp(port).is_connected());
  }
}

TEST(ServeProgram, RefusesAPortInUse) {
  Program first(kServe);
  std::vector<std::string> arguments = kServe;
  arguments[3] = "127.0.0.1:" + std::to_string(PortOf(first.ReadLine("ready ")));
  Program second(arguments);
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_NE(second.ReadErrors().find("Address already in use"), std::string::npos);
  first.Signal(SIGTERM);
  EXPECT_EQ(first.Wait(), 0);
}

struct CallCase {
  std::vector<std::string> arguments;
  int status;
  std::string_view part_of_errors;
};

TEST(Program, TellsWhatIsWrongWithACall) {
  const CallCase cases[] = {
      {{}, 2, "COMMAND"},
      {{"unknown"}, 2, "no command `wardkeep unknown`"},
      {{"serve", "--bogus"}, 2, "--bogus"},
      {{"serve", "--listen", "0.0.0.0:0"}, 2, "--insecure-http"},
      {{"serve", "--account-id", "1"}, 2, "12 digits"},
      {{"serve", "--config", "/nonexistent.toml"}, 2, "/nonexistent.toml"},
      {{"account"}, 2, "subcommand"},
      {{"account", "create", "--name", "n"}, 2, "--email"},
      {{"account", "list", "--admin-socket", "/nonexistent.sock"}, 1, "no server is running"},
      {{"version"}, 0, ""},
      {{"--help"}, 0, ""},
  };
  for (const auto& [arguments, status, part_of_errors] : cases) {
    Program program(arguments);
    EXPECT_EQ(program.Wait(), status) << (arguments.empty() ? "no arguments" : arguments.back());
    EXPECT_NE(program.ReadErrors().find(part_of_errors), std::string::npos) << part_of_errors;
  }
}

TEST(Program, PrintsItsVersion) {
  Program program({"version"});
  EXPECT_NE(program.ReadLine("wardkeep "), "");
  EXPECT_EQ(program.Wait(), 0);
}

}  // namespace
}  // namespace wardkeep
