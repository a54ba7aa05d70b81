// Sign-in tokens that were used: each works once. A table in memory with a share for every account and for
// every principal of it, so that nobody takes the room of the others; when a share is full, the login is
// refused until its oldest entry is forgotten, which also bounds how often one principal signs in. Deadlines
// are of the steady clock: setting the clock of the machine makes no token usable again. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace wardkeep::service::signin {

class UsedTokens {
 public:
  using Time = std::chrono::steady_clock::time_point;
  // Within the life of a token.
  static constexpr std::size_t kMostOfPrincipal = 100;
  static constexpr std::size_t kMostOfAccount = 1'000;
  static constexpr std::size_t kMost = 50'000;

  enum class Use { kFirst, kAgain, kFull };
  // `principal` is unique within the account; `until`: when the token cannot be used any more anyway.
  Use TryUse(std::string_view token_id, std::string_view account, std::string_view principal, Time until,
             Time now);

 private:
  struct Entry {
    std::string token_id;
    std::string account;
    std::string principal;  // with its account
  };
  void Forget(Time now);
  void Uncount(const std::string& owner);

  std::mutex mutex_;
  std::multimap<Time, Entry> by_deadline_;                 // protected by mutex_, as are the others
  std::unordered_map<std::string, std::size_t> of_owner_;  // account or principal -> entries
  std::unordered_set<std::string> of_token_;
};

}  // namespace wardkeep::service::signin
