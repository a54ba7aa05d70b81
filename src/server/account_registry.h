// What the local administration socket can do with accounts; implemented over the state of the server.
//
// Thread-safety: implementations are called from network threads.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace wardkeep::server {

struct AccountSummary {
  base::AccountId id;
  std::string name;
  std::string email;
  base::Instant created;
};

// A new account with the access key of its administrator, which is shown this once.
struct CreatedAccount {
  AccountSummary account;
  std::string access_key_id;
  base::Secret secret_access_key;
};

class AccountRegistry {
 public:
  virtual ~AccountRegistry() = default;
  // `name` and `email` are not empty and at most 128 and 64 characters (bytes) long. `done` may be called
  // later, from any thread, once the account is durable.
  virtual void Create(std::string name, std::string email,
                      std::function<void(base::Result<CreatedAccount>)> done) = 0;
  virtual base::Result<std::vector<AccountSummary>> List() = 0;
  // Takes in the seeds of hardware tokens (token_seeds.h); `done` as in Create, with their number.
  virtual void ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                                std::function<void(base::Result<std::size_t>)> done) = 0;
};

}  // namespace wardkeep::server
