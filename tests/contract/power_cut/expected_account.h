// What one account holds after its first n batches: a function of its seed and n, so that any number of them
// can be told from what is stored.
#pragma once

#include <map>
#include <random>
#include <string>
#include <utility>

#include "storage/store.h"

namespace wardkeep::power_cut {

// (kind, id) -> (name, body).
using Content = std::map<std::pair<storage::DocumentKind, std::string>, std::pair<std::string, std::string>>;

class ExpectedAccount {
 public:
  ExpectedAccount(base::AccountId account, uint64_t seed) : account_(std::move(account)), seed_(seed) {}
  const base::AccountId& account() const { return account_; }

  // Batch number n, from 1: always the counter, users that come, change, swap names and go, now and then a
  // large policy.
  storage::Batch BatchOf(uint64_t n) const {
    using storage::DocumentKind;
    std::mt19937_64 random(seed_ * 1'000'003 + n);
    storage::Batch batch{account_, {}};
    batch.writes.push_back({DocumentKind::kAccount, account_.value(), "", std::to_string(n)});
    const uint64_t user = random() % 24;
    const std::string id = "AIDA" + std::to_string(user);
    if (random() % 5 == 0) {
      batch.writes.push_back({DocumentKind::kUser, id, "", std::nullopt});
    } else {
      batch.writes.push_back({DocumentKind::kUser, id, "user" + std::to_string(user),
                              std::to_string(n) + std::string(random() % 3000, 'b')});
    }
    const std::string role = "AROA" + std::to_string(random() % 3);
    batch.writes.push_back({DocumentKind::kRole, role, role, std::to_string(n)});
    if (random() % 9 == 0) {
      batch.writes.push_back({DocumentKind::kPolicy, "ANPA1", "p",
                              std::to_string(n) + std::string(9000 + random() % 9000, 'p')});
    }
    return batch;
  }

  Content After(uint64_t n) const {
    Content content;
    for (uint64_t i = 1; i <= n; ++i) {
      for (auto& write : BatchOf(i).writes) {
        const std::pair key(write.kind, write.id);
        if (write.body) {
          content[key] = {write.name_key, *write.body};
        } else {
          content.erase(key);
        }
      }
    }
    return content;
  }

 private:
  base::AccountId account_;
  uint64_t seed_;
};

}  // namespace wardkeep::power_cut
