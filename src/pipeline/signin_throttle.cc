#include "pipeline/signin_throttle.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace wardkeep::pipeline {
namespace {

using std::chrono::seconds;

constexpr std::chrono::hours kQuiet{1};

// Failures without delay, then one second, doubled by each further failure up to `longest`.
struct Pace {
  uint32_t free;
  seconds longest;
};
constexpr std::array<Pace, 4> kPaces = {{
    {5, seconds(900)},   // kUser
    {5, seconds(300)},   // kRootFromAddress
    {50, seconds(10)},   // kRoot: enough to slow a crowd of addresses, too short to keep the owner out
    {50, seconds(300)},  // kAddress: many people may share one
}};

const Pace& PaceOf(SigninThrottle::Kind kind) {
  return kPaces[static_cast<std::size_t>(kind)];
}

seconds DelayAfter(const Pace& pace, uint32_t failures) {
  if (failures < pace.free) return seconds(0);
  const uint32_t doublings = std::min<uint32_t>(failures - pace.free, 20);
  return std::min(seconds(int64_t{1} << doublings), pace.longest);
}

// An IPv6 client has a whole /64 to come from.
std::string AddressKey(std::string_view address) {
  if (address.find(':') == std::string_view::npos) return std::string(address);
  std::size_t groups = 0;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (address.substr(i, 2) == "::") return std::string(address.substr(0, i));
    if (address[i] == ':' && ++groups == 4) return std::string(address.substr(0, i));
  }
  return std::string(address);
}

}  // namespace

seconds SigninThrottle::Begin(const std::vector<Key>& keys, base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() + keys.size() > kMostEntries) DropOld(now);
  seconds wait{0};
  for (const Key& key : keys) {
    const auto found = entries_.find({key.kind, key.text});
    if (found == entries_.end()) continue;
    if (now - found->second.last > kQuiet) {
      entries_.erase(found);
    } else if (found->second.blocked_until > now) {
      wait = std::max(wait, std::chrono::ceil<seconds>(found->second.blocked_until - now));
    }
  }
  if (wait > seconds(0)) return wait;
  for (const Key& key : keys) {
    Entry& entry = entries_[{key.kind, key.text}];
    ++entry.failures;
    entry.last = now;
    entry.blocked_until = now + DelayAfter(PaceOf(key.kind), entry.failures);
  }
  return wait;
}

void SigninThrottle::Succeeded(const std::vector<Key>& keys) {
  Refund(keys);
  const std::lock_guard lock(mutex_);
  for (const Key& key : keys) {
    if (key.kind != Kind::kAddress) entries_.erase({key.kind, key.text});
  }
}

void SigninThrottle::Refund(const std::vector<Key>& keys) {
  const std::lock_guard lock(mutex_);
  for (const Key& key : keys) {
    const auto found = entries_.find({key.kind, key.text});
    if (found == entries_.end()) continue;
    Entry& entry = found->second;
    if (--entry.failures == 0) {
      entries_.erase(found);
    } else {
      entry.blocked_until = entry.last + DelayAfter(PaceOf(key.kind), entry.failures);
    }
  }
}

// First what is forgotten anyway; if that is not enough, those that hold nobody up any more.
void SigninThrottle::DropOld(base::Instant now) {
  std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.last > kQuiet; });
  if (entries_.size() < kMostEntries / 2) return;
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.blocked_until <= now; });
}

std::size_t SigninThrottle::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::vector<SigninThrottle::Key> ThrottleKeys(std::string_view account, std::string_view user,
                                              std::string_view address) {
  const std::string where = base::AsciiLower(account);
  const std::string from = AddressKey(address);
  using Kind = SigninThrottle::Kind;
  if (user.empty()) {
    return {{Kind::kRootFromAddress, where + " " + from}, {Kind::kRoot, where}, {Kind::kAddress, from}};
  }
  return {{Kind::kUser, where + " " + base::AsciiLower(user)}, {Kind::kAddress, from}};
}

}  // namespace wardkeep::pipeline
