// An account and its root user.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "entity/access_key.h"
#include "entity/password_policy.h"
#include "entity/signin_place.h"
#include "entity/signing_certificate.h"
#include "entity/token_key.h"

namespace wardkeep::entity {

struct Account {
  base::AccountId id;
  std::string name;
  std::string email;
  std::string alias;  // empty for none; unique over all accounts
  base::Instant create_date;
  std::vector<AccessKey> root_access_keys;  // normally none; at most two
  std::vector<SigningCertificate> root_signing_certificates;
  std::vector<std::string>
      foreign_key_ids;             // keys of root and users given at bootstrap with ids of another form
  std::string root_password_hash;  // Argon2id, empty for none
  bool root_password_reset_required = false;
  bool root_mfa_required = true;  // a first sign-in must enrol a device
  std::optional<base::Instant> root_password_changed;
  std::optional<base::Instant> root_password_last_used;
  SigninPlaces root_signin_places;  // with its password
  int32_t global_endpoint_token_version = 1;
  std::optional<PasswordPolicy> password_policy;                // nullopt: AWS's default policy
  std::vector<std::pair<std::string, std::string>> properties;  // of PutAccountProperties, sorted by key
  std::string outbound_issuer_id;  // UUID in the issuer of web identity tokens; empty until first enabled
  bool outbound_federation_enabled = false;
  std::vector<TokenKey> token_keys;                        // that sign those tokens, oldest first
  std::optional<base::Instant> credential_report_started;  // by GenerateCredentialReport
  std::optional<base::Instant> closed_at;  // a closed account's credentials are refused; it can be restored
};

}  // namespace wardkeep::entity
