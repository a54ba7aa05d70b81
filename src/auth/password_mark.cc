#include "auth/password_mark.h"

#include "crypto/digest.h"

namespace wardkeep::auth {

uint64_t PasswordMark(std::string_view password_hash) {
  if (password_hash.empty()) return 0;
  const crypto::Sha256Digest digest = crypto::Sha256Of(password_hash);
  uint64_t mark = 0;
  for (std::size_t i = 0; i < sizeof(mark); ++i) mark = mark << 8 | digest[i];
  return mark == 0 ? 1 : mark;
}

}  // namespace wardkeep::auth
