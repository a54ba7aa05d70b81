// What the local administration socket can do with accounts; implemented over the state of the server.
//
// Thread-safety: implementations are called from network threads.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "entity/signin_attempt.h"

namespace wardkeep::server {

struct AccountSummary {
  base::AccountId id;
  std::string name;
  std::string email;
  base::Instant created;
  std::optional<base::Instant> closed;
  std::string damage{};  // what is wrong with an account whose data is damaged; it has an id and nothing else
};

// A new account with the access key of its administrator, which is shown this once.
struct CreatedAccount {
  AccountSummary account;
  std::string access_key_id;
  base::Secret secret_access_key;
  base::Secret root_password;  // one-time
};

// A new access key of an account's administrator, shown this once.
struct AdministratorKey {
  std::string user_name;
  std::string access_key_id;
  base::Secret secret_access_key;
  int replaced_keys = 0;  // earlier keys that were active until now
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

  // Closing refuses all credentials of the account; restoring lets them work again, within the waiting period
  // (Configuration::closed_account_days). not_found for an unknown account, conflict for one that is closed
  // already, or not closed, limit when the period is over.
  using ChangeDone = std::function<void(base::Result<AccountSummary>)>;
  virtual void Close(const base::AccountId& account, ChangeDone done) = 0;
  virtual void Restore(const base::AccountId& account, ChangeDone done) = 0;
  // Removes everything that is stored of an account whose waiting period is over; conflict for one that is
  // not closed, limit before the end of the period. `done` gets what it was.
  virtual void Purge(const base::AccountId& account, ChangeDone done) = 0;

  // Gives the account's administrator a new access key, which is shown this once, and all its rights
  // (administrator.h). `done` as in Create; not_found for an unknown account, conflict for a closed one.
  virtual void ResetAdministrator(const base::AccountId& account,
                                  std::function<void(base::Result<AdministratorKey>)> done) = 0;

  // The newest sign-in attempts, newest first; not_found for an unknown account.
  virtual base::Result<std::vector<entity::SigninAttempt>> Signins(const base::AccountId& account,
                                                                   std::size_t count) = 0;
};

}  // namespace wardkeep::server
