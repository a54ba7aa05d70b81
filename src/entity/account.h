// An account and its root user.
#pragma once

#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "entity/access_key.h"

namespace wardkeep::entity {

struct Account {
  base::AccountId id;
  std::string name;
  std::string email;
  std::string alias;  // empty for none; unique over all accounts
  base::Instant create_date;
  std::vector<AccessKey> root_access_keys;  // normally none; at most two
  std::vector<std::string>
      foreign_key_ids;             // keys of root and users given at bootstrap with ids of another form
  std::string root_password_hash;  // Argon2id, empty for none
  bool root_password_reset_required = false;
  bool root_mfa_required = true;  // a first sign-in must enrol a device
  int32_t global_endpoint_token_version = 1;
};

}  // namespace wardkeep::entity
