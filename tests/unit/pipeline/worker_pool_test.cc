// No owner takes a whole pool, owners take turns, and a pool that ends drops what waits.
#include "pipeline/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

namespace wardkeep::pipeline {
namespace {

// A task that says that it runs and then waits for the gate.
class Gate {
 public:
  WorkerPool::Task Task() {
    return [this] {
      running.fetch_add(1);
      running.notify_all();
      opened_.wait();
    };
  }
  void AwaitRunning(int count) {
    for (int now = running; now < count; now = running) running.wait(now);
  }
  void Open() { open_.set_value(); }
  std::atomic<int> running{0};

 private:
  std::promise<void> open_;
  std::shared_future<void> opened_ = open_.get_future().share();
};

TEST(WorkerPool, AnOwnerLeavesAThreadToOthers) {
  WorkerPool pool({.threads = 3, .queue = 64});
  Gate gate;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(pool.Submit("greedy", gate.Task()));
  gate.AwaitRunning(2);
  std::promise<void> other;
  EXPECT_TRUE(pool.Submit("other", [&] { other.set_value(); }));
  other.get_future().wait();
  EXPECT_EQ(gate.running, 2);
  gate.Open();
  pool.Stop();
}

TEST(WorkerPool, AnOwnerLeavesHalfOfTheQueueToOthers) {
  WorkerPool pool({.threads = 1, .queue = 8});
  Gate gate;
  EXPECT_TRUE(pool.Submit("greedy", gate.Task()));
  gate.AwaitRunning(1);
  int taken = 0;
  while (pool.Submit("greedy", [] {})) ++taken;
  EXPECT_EQ(taken, 4);
  EXPECT_TRUE(pool.Submit("other", [] {}));
  EXPECT_FALSE(pool.Submit("greedy", [] {}));
  gate.Open();
  pool.Stop();
}

TEST(WorkerPool, TheWholeQueueIsBounded) {
  WorkerPool pool({.threads = 1, .queue = 4, .queue_of_an_owner = 1});
  Gate gate;
  EXPECT_TRUE(pool.Submit("0", gate.Task()));
  gate.AwaitRunning(1);
  for (int i = 1; i <= 4; ++i) EXPECT_TRUE(pool.Submit(std::to_string(i), [] {}));
  EXPECT_FALSE(pool.Submit("5", [] {}));
  gate.Open();
  pool.Stop();
}

TEST(WorkerPool, OwnersTakeTurns) {
  WorkerPool pool({.threads = 1, .queue = 64});
  Gate gate;
  pool.Submit("first", gate.Task());
  gate.AwaitRunning(1);
  std::string order;
  for (int i = 0; i < 5; ++i) pool.Submit("a", [&] { order += 'a'; });
  for (int i = 0; i < 2; ++i) pool.Submit("b", [&] { order += 'b'; });
  pool.Submit("c", [&] { order += 'c'; });
  std::promise<void> last;
  pool.Submit("a", [&] { last.set_value(); });
  gate.Open();
  last.get_future().wait();
  pool.Stop();
  EXPECT_EQ(order, "abcabaaa");
}

TEST(WorkerPool, WhatWaitsAtTheEndIsDroppedAndTold) {
  WorkerPool pool({.threads = 1, .queue = 64});
  Gate gate;
  pool.Submit("a", gate.Task());
  gate.AwaitRunning(1);
  int dropped = 0;
  for (int i = 0; i < 5; ++i) {
    pool.Submit(
        "a", [] { ADD_FAILURE() << "ran"; }, [&] { ++dropped; });
  }
  pool.Submit("b", [] { ADD_FAILURE() << "ran"; });
  pool.Close();
  EXPECT_EQ(dropped, 5);
  EXPECT_FALSE(pool.Submit("b", [] {}));
  gate.Open();
  pool.Stop();
}

}  // namespace
}  // namespace wardkeep::pipeline
