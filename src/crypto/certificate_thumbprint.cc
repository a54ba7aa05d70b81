#include "crypto/certificate_thumbprint.h"

#include <openssl/evp.h>

#include <array>

#include "base/assert.h"
#include "base/hex.h"

namespace wardkeep::crypto {

std::string CertificateThumbprint(std::span<const uint8_t> der) {
  std::array<uint8_t, 20> digest{};
  unsigned int size = 0;
  const int done = EVP_Digest(der.data(), der.size(), digest.data(), &size, EVP_sha1(), nullptr);
  WK_ASSERT(done == 1 && size == digest.size());
  return base::HexEncode(digest);
}

}  // namespace wardkeep::crypto
