// The thumbprint of a certificate as AWS shows it: SHA-1 over the DER bytes. It names a certificate that an
// administrator has accepted; it is not a signature. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace wardkeep::crypto {

// 40 lower-case hexadecimal digits.
std::string CertificateThumbprint(std::span<const uint8_t> der);

}  // namespace wardkeep::crypto
