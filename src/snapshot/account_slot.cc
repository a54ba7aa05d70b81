#include "snapshot/account_slot.h"

#include <utility>

#include "snapshot/load_state.h"

namespace wardkeep::snapshot {

void AccountSlot::MarkNew() {
  const std::lock_guard lock(mutex_);
  loaded_ = true;
}

bool AccountSlot::Exists() const {
  const std::lock_guard lock(mutex_);
  return !loaded_ || published_ != nullptr;
}

base::Result<void> AccountSlot::EnsureLoaded(storage::Store& store) {
  if (loaded_) return {};
  if (corrupt_) return *corrupt_;
  auto documents = store.LoadAccount(account_);
  if (!documents && documents.error().code != base::ErrorCode::kCorrupt) return documents.error();
  auto state = documents ? LoadState(account_, std::move(documents).value()) : documents.error();
  if (!state) {
    corrupt_ = state.error();
    return std::move(state).error();
  }
  published_ = std::move(state).value();
  head_ = published_;
  loaded_ = true;
  epoch_.fetch_add(1, std::memory_order_release);
  return {};
}

base::Result<AccountSlot::Pin> AccountSlot::Published(storage::Store& store) {
  const std::lock_guard lock(mutex_);
  WK_TRY(EnsureLoaded(store));
  return Pin{published_, epoch_.load(std::memory_order_relaxed)};
}

bool AccountSlot::TakeDamageNotice() {
  const std::lock_guard lock(mutex_);
  return corrupt_.has_value() && !std::exchange(damage_noticed_, true);
}

bool AccountSlot::damaged() const {
  const std::lock_guard lock(mutex_);
  return corrupt_.has_value();
}

base::Result<AccountSlot::Head> AccountSlot::CurrentHead(storage::Store& store) {
  const std::lock_guard lock(mutex_);
  WK_TRY(EnsureLoaded(store));
  return Head{head_, generation_};
}

void AccountSlot::Advance(AccountStatePtr state, uint64_t generation) {
  const std::lock_guard lock(mutex_);
  // After a failure in between, the submission is void and the head must stay where it fell back to.
  if (generation == generation_) head_ = std::move(state);
}

base::Result<void> AccountSlot::Admit(uint64_t generation) const {
  const std::lock_guard lock(mutex_);
  if (generation == generation_) return {};
  return base::Error(base::ErrorCode::kUnavailable,
                     "an earlier change of account `" + account_.value() + "` could not be stored");
}

void AccountSlot::Publish(AccountStatePtr state) {
  const std::lock_guard lock(mutex_);
  published_ = std::move(state);
  epoch_.fetch_add(1, std::memory_order_release);
}

void AccountSlot::BeginPurge() {
  const std::lock_guard lock(mutex_);
  purging_ = true;
  head_ = nullptr;
}

void AccountSlot::EndPurge() {
  const std::lock_guard lock(mutex_);
  purging_ = false;
}

bool AccountSlot::purging() const {
  const std::lock_guard lock(mutex_);
  return purging_;
}

void AccountSlot::Fail(uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  ++generation_;
  head_ = published_;
}

}  // namespace wardkeep::snapshot
