#include "pipeline/fido_challenges.h"

#include <algorithm>
#include <array>

#include "crypto/constant_time.h"

namespace wardkeep::pipeline {

std::string FidoChallenges::Give(std::string_view owner, fido::Ceremony ceremony, base::Instant now,
                                 base::Rng& rng) {
  std::array<uint8_t, 32> random{};
  rng.Fill(random);
  const std::string challenge(random.begin(), random.end());
  const std::lock_guard lock(mutex_);
  while (!entries_.empty() && (entries_.front().expires <= now || entries_.size() >= capacity_))
    entries_.pop_front();
  const auto is_owners = [&](const Entry& entry) { return entry.owner == owner; };
  if (static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), is_owners)) >= kPerOwner) {
    entries_.erase(std::find_if(entries_.begin(), entries_.end(), is_owners));
  }
  entries_.push_back({challenge, std::string(owner), ceremony, now + kLife});
  return challenge;
}

bool FidoChallenges::Take(std::string_view challenge, std::string_view owner, fido::Ceremony ceremony,
                          base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.owner == owner && entry.ceremony == ceremony &&
           crypto::ConstantTimeEquals(entry.challenge, challenge);
  });
  if (found == entries_.end()) return false;
  const bool fresh = now < found->expires;
  entries_.erase(found);
  return fresh;
}

}  // namespace wardkeep::pipeline
