#include "auth/secret_key.h"

#include <array>
#include <cstring>

#include "base/base64.h"

namespace wardkeep::auth {

base::Secret MakeSecretKey(base::Rng& rng) {
  std::array<uint8_t, 30> random{};  // 30 bytes are exactly 40 characters, without padding
  rng.Fill(random);
  base::Secret secret(base::Base64Encode(random));
  explicit_bzero(random.data(), random.size());
  return secret;
}

}  // namespace wardkeep::auth
