// SigninHistory: the newest sign-in attempts of each account, in memory and stored. Two rings of kKept slots
// per account, one document each, bound what attempts can fill: one of successes, one of everything else, so
// that whoever is refused over and over pushes no success out. Written like usage facts: soon, in the order
// of commits, without holding up an answer; a crash may lose the newest ones. Thread-safe.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "entity/signin_attempt.h"
#include "snapshot/directory.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

struct NumberedAttempt {
  uint64_t number = 0;
  entity::SigninAttempt attempt;
};

class SigninHistory {
 public:
  static constexpr std::size_t kKept = 1000;  // of successes, and of others

  explicit SigninHistory(Directory& directory) : directory_(directory) {}

  // Takes in what was stored; corrupt for an attempt that cannot be read. Before any recording.
  base::Result<void> Load(storage::Store& store);

  // An attempt without an account is not kept here.
  void Record(const entity::SigninAttempt& attempt);

  // Of an account that is gone: nothing is left in memory.
  void Forget(const base::AccountId& account);

  // Of both rings, the newest first.
  std::vector<entity::SigninAttempt> Newest(const base::AccountId& account, std::size_t count) const;

 private:
  struct Ring {
    std::deque<NumberedAttempt> attempts;  // oldest first
    std::size_t next_slot = 0;
  };
  struct Rings {
    Ring successes;
    Ring others;
    uint64_t next_number = 0;  // tells what came first, over both
    Ring& Of(const entity::SigninAttempt& attempt) {
      return attempt.outcome == entity::SigninOutcome::kSuccess ? successes : others;
    }
  };

  Directory& directory_;
  mutable std::mutex mutex_;
  std::map<base::AccountId, Rings> rings_;  // protected by mutex_
};

// The stored body of an attempt with its number; encode and decode are each other's inverse.
std::string EncodeSigninAttempt(const entity::SigninAttempt& attempt, uint64_t number);
base::Result<NumberedAttempt> DecodeSigninAttempt(const storage::Document& document);

}  // namespace wardkeep::snapshot
