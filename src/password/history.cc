#include "password/history.h"

#include "crypto/password_hash.h"

namespace wardkeep::password {

bool WasUsed(const base::Secret& password, const entity::LoginProfile& profile, int32_t count) {
  if (count <= 0) return false;
  if (crypto::VerifyPassword(profile.password_hash, password)) return true;
  int32_t compared = 1;
  for (const std::string& hash : profile.former_hashes) {
    if (compared++ >= count) return false;
    if (crypto::VerifyPassword(hash, password)) return true;
  }
  return false;
}

}  // namespace wardkeep::password
