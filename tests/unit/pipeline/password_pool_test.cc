// Strangers take no turn from those who have names, and newcomers come before those who ask often.
#include "pipeline/password_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>

namespace wardkeep::pipeline {
namespace {

using Lane = PasswordPool::Lane;

class PasswordPoolTest : public testing::Test {
 protected:
  // The only thread is at work until Release.
  void Occupy() {
    std::promise<void> busy;
    ASSERT_TRUE(pool_.Submit(
        {},
        [&] {
          busy.set_value();
          released_.wait();
        },
        [] {}));
    busy.get_future().wait();
  }
  bool Submit(PasswordPool::Claim claim, const std::string& name) {
    return pool_.Submit(
        std::move(claim), [this, name] { Note(name); }, [this, name] { Note("dropped " + name); });
  }
  void Note(const std::string& text) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(text);
  }
  std::vector<std::string> NotesAfterRelease(std::size_t count) {
    release_.set_value();
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (notes_.size() >= count) return notes_;
      }
      std::this_thread::yield();
    }
  }

  base::ManualSteadyClock clock_;
  PasswordPool pool_{1, 4, clock_};
  std::promise<void> release_;
  std::shared_future<void> released_ = release_.get_future().share();
  std::mutex mutex_;
  std::vector<std::string> notes_;
};

using Notes = std::vector<std::string>;

TEST_F(PasswordPoolTest, LanesTakeTurnsAndAFullOneTakesNothingFromOthers) {
  Occupy();
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(Submit({.lane = Lane::kStranger}, "s" + std::to_string(i)));
  EXPECT_FALSE(Submit({.lane = Lane::kStranger}, "s16"));
  EXPECT_TRUE(Submit({.lane = Lane::kCaller, .account = "1", .principal = "a"}, "c0"));
  EXPECT_TRUE(Submit({.lane = Lane::kKnown, .account = "1", .principal = "a"}, "k0"));
  EXPECT_TRUE(Submit({.lane = Lane::kCaller, .account = "1", .principal = "a"}, "c1"));
  auto notes = NotesAfterRelease(19);
  notes.resize(6);
  EXPECT_EQ(notes, (Notes{"c0", "k0", "s0", "c1", "s1", "s2"}));
}

TEST_F(PasswordPoolTest, AStrangerWhoAskedOftenGivesWay) {
  Occupy();
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(Submit({.rank = 5}, "often" + std::to_string(i)));
  EXPECT_TRUE(Submit({.rank = 0}, "new"));
  EXPECT_FALSE(Submit({.rank = 5}, "often16"));
  auto notes = NotesAfterRelease(17);
  notes.resize(4);
  EXPECT_EQ(notes, (Notes{"dropped often15", "new", "often0", "often1"}));
}

TEST_F(PasswordPoolTest, AnAccountThatAsksMuchLeavesTurnsToOthers) {
  Occupy();
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(Submit({.lane = Lane::kCaller, .account = "1", .principal = "a"}, "a" + std::to_string(i)));
  }
  EXPECT_TRUE(Submit({.lane = Lane::kCaller, .account = "2", .principal = "b"}, "b"));
  EXPECT_TRUE(Submit({.lane = Lane::kCaller, .account = "1", .principal = "c"}, "c"));
  EXPECT_EQ(NotesAfterRelease(6), (Notes{"dropped a3", "dropped a2", "a0", "b", "c", "a1"}));
}

TEST_F(PasswordPoolTest, NobodyWaitsForGood) {
  Occupy();
  EXPECT_TRUE(Submit({.rank = 5}, "old"));
  clock_.Advance(PasswordPool::kLongestWait + std::chrono::microseconds(1));
  EXPECT_TRUE(Submit({.rank = 5}, "young"));
  EXPECT_EQ(NotesAfterRelease(2), (Notes{"dropped old", "young"}));
}

TEST_F(PasswordPoolTest, ClosingDropsWhatWaits) {
  Occupy();
  EXPECT_TRUE(Submit({}, "waiting"));
  pool_.Close();
  EXPECT_FALSE(Submit({}, "late"));
  EXPECT_EQ(NotesAfterRelease(1), (Notes{"dropped waiting"}));
  pool_.Stop();
}

// With two threads or more strangers leave one to the others.
TEST(PasswordPoolThreads, StrangersLeaveAThread) {
  PasswordPool pool(2, 8);
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> busy;
  const auto ignore = [] {};
  ASSERT_TRUE(pool.Submit(
      {},
      [&] {
        busy.set_value();
        released.wait();
      },
      ignore));
  busy.get_future().wait();
  std::promise<void> second;
  ASSERT_TRUE(pool.Submit(
      {}, [&] { second.set_value(); }, ignore));
  std::promise<void> caller;
  ASSERT_TRUE(pool.Submit(
      {.lane = Lane::kCaller, .account = "1", .principal = "a"}, [&] { caller.set_value(); }, ignore));
  caller.get_future().wait();
  auto second_done = second.get_future();
  EXPECT_EQ(second_done.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  release.set_value();
  second_done.wait();
  pool.Stop();
}

}  // namespace
}  // namespace wardkeep::pipeline
