#include "certificate/key_rules.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <array>

namespace wardkeep::certificate {
namespace {

// A modulus within bounds can still come with an exponent of any length, which makes each use slow.
bool HasShortExponent(const EVP_PKEY* key) {
  BIGNUM* exponent = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) return false;
  const bool is_short = BN_num_bits(exponent) <= 64;
  BN_free(exponent);
  return is_short;
}

bool HasNamedCurve(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t length = 0;
  return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), &length) ==
             1 &&
         length > 0;
}

}  // namespace

bool IsAllowedKey(const evp_pkey_st* key) {
  if (key == nullptr) return false;
  const int bits = EVP_PKEY_get_bits(key);
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      return bits >= kMinRsaBits && bits <= kMaxRsaBits && HasShortExponent(key);
    case EVP_PKEY_EC:
      return HasNamedCurve(key);
    default:
      return false;
  }
}

}  // namespace wardkeep::certificate
