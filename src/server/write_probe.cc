#include "server/write_probe.h"

#include <utility>

namespace wardkeep::server {
namespace {

constexpr std::chrono::seconds kKept{1};
constexpr const char* kOwner = "readiness";

}  // namespace

void WriteProbe::Ask(Answer answer) {
  {
    std::unique_lock lock(mutex_);
    if (known_ && std::chrono::steady_clock::now() < known_at_ + kKept) {
      const bool writable = *known_;
      lock.unlock();
      return answer(writable);
    }
    waiting_.push_back(std::move(answer));
    if (std::exchange(running_, true)) return;
  }
  const bool taken = workers_.Submit(
      kOwner, [this] { Finish(Write()); }, [this] { Finish(false); });
  if (!taken) Finish(false);
}

void WriteProbe::Finish(bool writable) {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    known_ = writable;
    known_at_ = std::chrono::steady_clock::now();
    running_ = false;
    answers.swap(waiting_);
  }
  for (const Answer& answer : answers) answer(writable);
}

// To delete what does not exist changes nothing but the revision, which goes to the disk.
bool WriteProbe::Write() {
  const storage::Batch batch{account_,
                             {{storage::DocumentKind::kUsage, "readiness-probe", "", std::nullopt}}};
  return store_.Commit({&batch, 1}).has_value();
}

}  // namespace wardkeep::server
