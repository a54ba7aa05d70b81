#include "crypto/constant_time.h"

#include <openssl/crypto.h>

namespace wardkeep::crypto {

bool ConstantTimeEquals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace wardkeep::crypto
