// The password policy that an account has set. The defaults are those of a policy set without the member
// (data-formats section 7); an account that has set none has `nullopt` and AWS's default policy.
#pragma once

#include <cstdint>
#include <optional>

namespace wardkeep::entity {

struct PasswordPolicy {
  int32_t minimum_length = 6;  // characters, 6-128
  bool require_symbols = false;
  bool require_numbers = false;
  bool require_uppercase = false;
  bool require_lowercase = false;
  bool allow_users_to_change = false;
  int32_t max_age_days = 0;         // 1-1095; 0: passwords do not expire
  int32_t reuse_prevention = 0;     // 1-24 newest passwords, the present one included; 0: any may be reused
  std::optional<bool> hard_expiry;  // an expired password is reset by an administrator, not by its user

  friend bool operator==(const PasswordPolicy&, const PasswordPolicy&) = default;
};

}  // namespace wardkeep::entity
