// AliasRegistry: which account owns which alias, over all accounts, including aliases that are on their way
// to storage.
//
// An alias is kept while something holds it: the durable account document, or a submitted write that will
// store it. Writes of one account overlap (the next is built before the last is durable), so holders are
// counted: an account that gives its alias up and takes it again at once must not lose it in between.
// Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"

namespace wardkeep::snapshot {

class AliasRegistry {
 public:
  std::optional<base::AccountId> Find(std::string_view alias) const;

  // False when another account owns the alias. A claim alone holds nothing: Forget takes it back, Hold makes
  // it last.
  bool Claim(std::string_view alias, const base::AccountId& account);
  // Takes back a claim that nothing holds.
  void Forget(std::string_view alias, const base::AccountId& account);

  // Adds a holder; false (and nothing added) when another account owns the alias.
  bool Hold(std::string_view alias, const base::AccountId& account);
  // Removes a holder; with the last one the alias is free.
  void Drop(std::string_view alias, const base::AccountId& account);

 private:
  struct Entry {
    base::AccountId owner;
    int32_t holders = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;  // protected by mutex_
};

}  // namespace wardkeep::snapshot
