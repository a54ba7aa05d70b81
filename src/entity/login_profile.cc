#include "entity/login_profile.h"

#include <utility>

namespace wardkeep::entity {

std::optional<base::Instant> PasswordExpiry(base::Instant password_changed,
                                            const std::optional<PasswordPolicy>& policy) {
  if (!policy || policy->max_age_days == 0) return std::nullopt;
  return password_changed + std::chrono::days(policy->max_age_days);
}

void ReplacePassword(LoginProfile& profile, std::string hash, base::Instant now) {
  if (!profile.password_hash.empty()) {
    profile.former_hashes.insert(profile.former_hashes.begin(), std::move(profile.password_hash));
  }
  if (profile.former_hashes.size() > kPasswordHistory) profile.former_hashes.resize(kPasswordHistory);
  profile.password_hash = std::move(hash);
  profile.password_changed = now;
}

}  // namespace wardkeep::entity
