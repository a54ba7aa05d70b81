// The console password of an IAM user, and what the credential report says about it (data-formats sections 6
// and 7). Plain values; the hash is Argon2id text (crypto/password_hash.h) and never leaves the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/password_policy.h"

namespace wardkeep::entity {

inline constexpr std::size_t kPasswordHistory = 24;  // the largest PasswordReusePrevention of AWS

struct LoginProfile {
  std::string password_hash;
  base::Instant create_date;       // of the profile; a new password keeps it
  base::Instant password_changed;  // password_last_changed of the credential report
  bool password_reset_required = false;
  // When notice was given that a hygiene rule will remove the password; nullopt: none is pending.
  std::optional<base::Instant> hygiene_warned = std::nullopt;
  std::vector<std::string> former_hashes;  // newest first, without the present one; at most kPasswordHistory
  // The longest console session, seconds, 3600-7776000; nullopt: as long as the server's setting says.
  std::optional<int32_t> max_signin_session_duration = std::nullopt;
};

// When the present password expires; nullopt without a maximum age. It is password_next_rotation of the
// credential report.
std::optional<base::Instant> PasswordExpiry(base::Instant password_changed,
                                            const std::optional<PasswordPolicy>& policy);

// Makes `hash` the present password and the former one the newest of its history.
void ReplacePassword(LoginProfile& profile, std::string hash, base::Instant now);

}  // namespace wardkeep::entity
