#include "log/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/secret.h"
#include "log/file_sink.h"
#include "log/json_line.h"

namespace wardkeep::log {
namespace {

class MemorySink final : public Sink {
 public:
  void Write(std::string_view line) override { text += line; }
  std::string text;
};

class LoggerTest : public testing::Test {
 protected:
  MemorySink sink_;
  base::ManualClock clock_{base::Instant(std::chrono::microseconds(1714566896000001))};
  Logger logger_{sink_, clock_, Level::kInfo};
};

TEST_F(LoggerTest, WritesOneJsonObjectPerEventWithTypedFields) {
  logger_.Info("listening", {{"address", std::string("127.0.0.1")},
                             {"port", 8480},
                             {"connections", std::size_t{7}},
                             {"tls", false},
                             {"seconds", 0.25},
                             {"literal", "text"}});
  EXPECT_EQ(sink_.text,
            "{\"time\":\"2024-05-01T12:34:56.000001Z\",\"level\":\"info\",\"message\":\"listening\","
            "\"address\":\"127.0.0.1\",\"port\":8480,\"connections\":7,\"tls\":false,\"seconds\":0.25,"
            "\"literal\":\"text\"}\n");
}

TEST_F(LoggerTest, DropsEventsBelowTheMinimum) {
  logger_.Debug("hidden");
  EXPECT_EQ(sink_.text, "");
  logger_.SetMinimum(Level::kDebug);
  logger_.Debug("seen");
  EXPECT_NE(sink_.text.find("\"level\":\"debug\""), std::string::npos);
  logger_.SetMinimum(Level::kError);
  sink_.text.clear();
  logger_.Warning("hidden");
  EXPECT_EQ(sink_.text, "");
  logger_.Error("seen");
  EXPECT_NE(sink_.text, "");
}

TEST_F(LoggerTest, NumbersThatJsonLacksBecomeNull) {
  logger_.Info("x", {{"value", std::numeric_limits<double>::infinity()}});
  EXPECT_NE(sink_.text.find("\"value\":null"), std::string::npos);
}

TEST_F(LoggerTest, WritesALineForPeopleWhoseValuesCannotBeMistaken) {
  const Logger people(sink_, clock_, Level::kInfo, Format::kText);
  people.Warning("the account was closed", {{"account", "123456789012"},
                                            {"port", 8480},
                                            {"cause", std::string("no \"room\"\n12:00:00 error  forged")},
                                            {"empty", ""},
                                            {"pair", "a=b"},
                                            {"tls", false}});
  EXPECT_EQ(sink_.text,
            "12:34:56 warning  the account was closed  account=123456789012 port=8480 "
            "cause=\"no \\\"room\\\"\\n12:00:00 error  forged\" empty=\"\" pair=\"a=b\" tls=false\n");
}

TEST(LogField, RefusesSecretsAtCompileTime) {
  static_assert(!std::is_constructible_v<Field, std::string_view, base::Secret>);
  static_assert(!std::is_constructible_v<Field, std::string_view, base::Secret&>);
  static_assert(std::is_constructible_v<Field, std::string_view, std::string>);
}

TEST(LogLevel, NamesRoundTrip) {
  for (Level level : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    EXPECT_EQ(ParseLevel(LevelName(level)), level);
  }
  EXPECT_FALSE(ParseLevel("INFO"));
}

struct EscapeCase {
  std::string_view raw;
  std::string_view quoted;
};

TEST(JsonText, NeverLeavesOneLineOfValidUtf8) {
  using namespace std::string_view_literals;
  const EscapeCase cases[] = {
      {"plain"sv, "\"plain\""sv},
      {"a\"b\\c"sv, "\"a\\\"b\\\\c\""sv},
      {"x\r\n{\"level\":\"error\"}"sv, "\"x\\r\\n{\\\"level\\\":\\\"error\\\"}\""sv},
      {"\0\x1b[2J\x7f"sv, "\"\\u0000\\u001b[2J\\u007f\""sv},
      {"\xc2\x9b"sv, "\"\\u009b\""sv},
      {"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x94\x91"sv, "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x94\x91\""sv},
      {"\xff"sv, "\"\xef\xbf\xbd\""sv},
      {"\xc0\xaf"sv, "\"\xef\xbf\xbd\xef\xbf\xbd\""sv},
      {"\xed\xa0\x80"sv, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""sv},
      {"\xe2\x82"sv, "\"\xef\xbf\xbd\xef\xbf\xbd\""sv},
  };
  for (const auto& [raw, quoted] : cases) {
    std::string out;
    AppendJsonText(out, raw);
    EXPECT_EQ(out, quoted);
  }
}

TEST(FileSink, KeepsLinesOfManyThreadsWhole) {
  const std::string path = testing::TempDir() + "wardkeep_log_" + std::to_string(::getpid()) + ".jsonl";
  {
    auto sink = OpenFileSink(path);
    ASSERT_TRUE(sink.has_value());
    const base::SystemClock clock;
    const Logger logger(**sink, clock, Level::kInfo);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&logger, t] {
        for (int i = 0; i < 250; ++i) logger.Info("line", {{"thread", t}, {"filler", std::string(200, 'x')}});
      });
    }
    for (auto& thread : threads) thread.join();
  }
  std::ifstream file(path);
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    EXPECT_TRUE(line.starts_with("{\"time\":") && line.ends_with("x\"}")) << line;
  }
  EXPECT_EQ(lines, 1000);
  ::unlink(path.c_str());
}

TEST(FileSink, ReportsAnUnusablePath) {
  const auto sink = OpenFileSink("/nonexistent-folder/log");
  ASSERT_FALSE(sink.has_value());
  EXPECT_EQ(sink.error().code, base::ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace wardkeep::log
