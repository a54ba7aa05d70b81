#include "pipeline/fido_challenges.h"

#include <algorithm>
#include <array>
#include <map>

#include "crypto/constant_time.h"

namespace wardkeep::pipeline {

namespace {

std::string_view AccountOf(std::string_view owner) {
  return owner.substr(0, owner.find('/'));
}

// The oldest of the accounts that have most: one account with many users takes nothing from another.
template <typename Entries>
void DropOne(Entries& entries) {
  std::map<std::string_view, std::size_t> counts;
  std::size_t most = 0;
  for (const auto& entry : entries) most = std::max(most, ++counts[AccountOf(entry.owner)]);
  entries.erase(std::ranges::find_if(
      entries, [&](const auto& entry) { return counts[AccountOf(entry.owner)] == most; }));
}

}  // namespace

std::string FidoChallenges::Give(std::string_view owner, fido::Ceremony ceremony, base::Rng& rng) {
  const base::Moment now = clock_.Now();
  std::array<uint8_t, 32> random{};
  rng.Fill(random);
  const std::string challenge(random.begin(), random.end());
  const std::lock_guard lock(mutex_);
  while (!entries_.empty() && entries_.front().expires <= now) entries_.pop_front();
  if (entries_.size() >= capacity_) DropOne(entries_);
  const auto is_owners = [&](const Entry& entry) { return entry.owner == owner; };
  if (static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), is_owners)) >= kPerOwner) {
    entries_.erase(std::find_if(entries_.begin(), entries_.end(), is_owners));
  }
  entries_.push_back({challenge, std::string(owner), ceremony, now + kLife});
  return challenge;
}

bool FidoChallenges::Take(std::string_view challenge, std::string_view owner, fido::Ceremony ceremony) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.owner == owner && entry.ceremony == ceremony &&
           crypto::ConstantTimeEquals(entry.challenge, challenge);
  });
  if (found == entries_.end()) return false;
  const bool fresh = clock_.Now() < found->expires;
  entries_.erase(found);
  return fresh;
}

}  // namespace wardkeep::pipeline
