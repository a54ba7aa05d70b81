#include "storage/group_commit.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace wardkeep::storage {
namespace {

// One transaction holds at most this many batches, so that the first of a long queue does not wait for the
// last.
constexpr std::size_t kMaxGroup = 256;

}  // namespace

class GroupCommit::Impl {
 public:
  Impl(Store& store, Observer observer)
      : store_(store), observer_(std::move(observer)), committer_([this] { Run(); }) {}

  void Submit(Batch batch, Done done, Admit admit);
  void Stop();

 private:
  struct Item {
    Batch batch;
    Done done;
    Admit admit;
    bool in_group = false;  // its batch is among those of the group's one commit
  };

  void Run();
  bool NextGroup(std::vector<Item>& group);
  void CommitGroup(std::vector<Item>& group);
  base::Result<uint64_t> CommitOne(Item& item);
  base::Result<uint64_t> CommitBatches(std::span<const Batch> batches);

  Store& store_;
  const Observer observer_;

  std::mutex mutex_;
  std::condition_variable wake_;
  // Protected by mutex_:
  std::deque<Item> queue_;
  bool stopping_ = false;

  std::mutex join_mutex_;  // makes concurrent calls of Stop wait for each other
  std::thread committer_;  // last: it uses everything above
};

void GroupCommit::Impl::Submit(Batch batch, Done done, Admit admit) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      queue_.push_back({std::move(batch), std::move(done), std::move(admit), false});
      wake_.notify_one();
      return;
    }
  }
  done(base::Error(base::ErrorCode::kUnavailable, "the store is stopping"));
}

void GroupCommit::Impl::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  const std::lock_guard join(join_mutex_);
  if (committer_.joinable()) committer_.join();
}

bool GroupCommit::Impl::NextGroup(std::vector<Item>& group) {
  group.clear();
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  while (!queue_.empty() && group.size() < kMaxGroup) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !group.empty();
}

void GroupCommit::Impl::Run() {
  std::vector<Item> group;
  while (NextGroup(group)) CommitGroup(group);
}

base::Result<uint64_t> GroupCommit::Impl::CommitBatches(std::span<const Batch> batches) {
  const auto start = std::chrono::steady_clock::now();
  auto outcome = store_.Commit(batches);
  if (observer_.on_commit) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    observer_.on_commit(batches.size(), took.count());
  }
  return outcome;
}

void GroupCommit::Impl::CommitGroup(std::vector<Item>& group) {
  std::vector<Batch> batches;
  std::vector<base::Result<void>> admitted;
  admitted.reserve(group.size());
  for (auto& item : group) {
    admitted.push_back(item.admit ? item.admit() : base::Result<void>());
    item.in_group = admitted.back() && !item.batch.writes.empty();
    if (item.in_group) batches.push_back(std::move(item.batch));
  }
  const auto outcome = batches.empty() ? store_.HeadRevision() : CommitBatches(batches);
  if (!outcome && group.size() > 1) {
    std::size_t next = 0;
    for (auto& item : group) {
      if (item.in_group) item.batch = std::move(batches[next++]);
      item.done(CommitOne(item));
    }
    return;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i].done(admitted[i] ? outcome : base::Result<uint64_t>(std::move(admitted[i]).error()));
  }
}

base::Result<uint64_t> GroupCommit::Impl::CommitOne(Item& item) {
  if (item.admit) WK_TRY(item.admit());
  if (item.batch.writes.empty()) return store_.HeadRevision();
  return CommitBatches({&item.batch, 1});
}

GroupCommit::GroupCommit(Store& store, Observer observer)
    : impl_(std::make_unique<Impl>(store, std::move(observer))) {}
GroupCommit::~GroupCommit() {
  Stop();
}

void GroupCommit::Submit(Batch batch, Done done, Admit admit) {
  impl_->Submit(std::move(batch), std::move(done), std::move(admit));
}
void GroupCommit::Stop() {
  impl_->Stop();
}

}  // namespace wardkeep::storage
