// A Store that fails, waits, or counts when told to, in front of a real one.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "storage/memory/memory_store.h"
#include "storage/store.h"

namespace wardkeep::storage {

class FaultyStore final : public Store {
 public:
  explicit FaultyStore(std::unique_ptr<Store> inner = memory::OpenStore()) : inner_(std::move(inner)) {}

  // Asked for each commit, with the number of batches; an error fails it before anything is written.
  using Fault = std::function<base::Result<void>(std::span<const Batch>)>;
  void SetFault(Fault fault) {
    const std::lock_guard lock(mutex_);
    fault_ = std::move(fault);
  }
  void SetLoadFault(std::optional<base::Error> error) {
    const std::lock_guard lock(mutex_);
    load_error_ = std::move(error);
  }
  // While held, commits wait: what is submitted meanwhile becomes one group.
  void Hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  void Release() {
    {
      const std::lock_guard lock(mutex_);
      held_ = false;
    }
    wake_.notify_all();
  }
  // Waits until a commit is waiting.
  void AwaitCommit() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return waiting_; });
  }
  int commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
  }

  base::Result<std::vector<base::AccountId>> ListAccounts() override { return inner_->ListAccounts(); }
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) override {
    {
      const std::lock_guard lock(mutex_);
      if (load_error_) return *load_error_;
    }
    return inner_->LoadAccount(account);
  }
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind) override { return inner_->LoadKind(kind); }
  base::Result<AccountHead> LoadHead(const base::AccountId& account) override {
    return inner_->LoadHead(account);
  }
  base::Result<std::vector<std::string>> CheckStructure() override { return inner_->CheckStructure(); }
  base::Result<uint64_t> HeadRevision() override { return inner_->HeadRevision(); }
  base::Result<uint64_t> Commit(std::span<const Batch> batches) override {
    Fault fault;
    {
      std::unique_lock lock(mutex_);
      ++commits_;
      waiting_ = true;
      wake_.notify_all();
      wake_.wait(lock, [this] { return !held_; });
      waiting_ = false;
      fault = fault_;
    }
    if (fault) WK_TRY(fault(batches));
    return inner_->Commit(batches);
  }

 private:
  const std::unique_ptr<Store> inner_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Protected by mutex_:
  Fault fault_;
  std::optional<base::Error> load_error_;
  bool held_ = false;
  bool waiting_ = false;
  int commits_ = 0;
};

}  // namespace wardkeep::storage
