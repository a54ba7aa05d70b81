#include "log/buffered_sink.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace wardkeep::log {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Collects what arrives; outlives the sinks that write to it.
struct Collected {
  std::mutex mutex;
  std::string text;
  std::promise<void> first;
  bool seen = false;
};

class CollectingSink final : public Sink {
 public:
  explicit CollectingSink(Collected& into) : into_(into) {}
  void Write(std::string_view lines) override {
    const std::lock_guard lock(into_.mutex);
    into_.text += lines;
    if (!std::exchange(into_.seen, true)) into_.first.set_value();
  }

 private:
  Collected& into_;
};

TEST(BufferedSink, PassesALineOnByItself) {
  Collected collected;
  BufferedSink sink(std::make_unique<CollectingSink>(collected), milliseconds(1));
  sink.Write("one\n");
  ASSERT_EQ(collected.first.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  const std::lock_guard lock(collected.mutex);
  EXPECT_EQ(collected.text, "one\n");
}

TEST(BufferedSink, PassesOnWhatIsLeftAtItsEnd) {
  Collected collected;
  {
    BufferedSink sink(std::make_unique<CollectingSink>(collected), hours(1));
    sink.Write("one\n");
    sink.Write("two\n");
  }
  EXPECT_EQ(collected.text, "one\ntwo\n");
}

TEST(BufferedSink, DoesNotWaitForTheDelayWhenItIsFull) {
  Collected collected;
  BufferedSink sink(std::make_unique<CollectingSink>(collected), hours(1), 8);
  for (int i = 0; i < 100; ++i) sink.Write("12345678\n");  // each fills it: none could follow otherwise
  EXPECT_EQ(collected.first.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(BufferedSink, KeepsEveryLineOfManyThreadsInTheirOrder) {
  constexpr int kThreads = 4;
  constexpr int kLines = 2000;
  Collected collected;
  {
    BufferedSink sink(std::make_unique<CollectingSink>(collected), milliseconds(1), 4096);
    std::vector<std::thread> writers;
    for (int t = 0; t < kThreads; ++t) {
      writers.emplace_back([&sink, t] {
        for (int i = 0; i < kLines; ++i) sink.Write(std::to_string(t) + " " + std::to_string(i) + "\n");
      });
    }
    for (std::thread& writer : writers) writer.join();
  }
  std::vector<int> next(kThreads, 0);
  std::istringstream lines(collected.text);
  int thread = 0;
  int number = 0;
  int count = 0;
  while (lines >> thread >> number) {
    EXPECT_EQ(number, next[static_cast<std::size_t>(thread)]++);
    ++count;
  }
  EXPECT_EQ(count, kThreads * kLines);
}

}  // namespace
}  // namespace wardkeep::log
