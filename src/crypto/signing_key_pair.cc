#include "crypto/signing_key_pair.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace wardkeep::crypto {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"RS256", "ES384"};
constexpr std::size_t kRsaBits = 2048;
constexpr int kCoordinateBytes = 48;

struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeSignature {
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

// P-384 is NIST's name and secp384r1 OpenSSL's.
bool IsOf(const EVP_PKEY* key, SigningAlgorithm algorithm) {
  if (algorithm == SigningAlgorithm::kRs256) {
    return EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) == static_cast<int>(kRsaBits);
  }
  char group[32] = {};
  std::size_t length = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof(group), &length) == 1 &&
         std::string_view(group, length) == "secp384r1";
}

std::vector<uint8_t> PublicNumber(const EVP_PKEY* key, const char* name, int least_bytes) {
  BIGNUM* raw = nullptr;
  const int found = EVP_PKEY_get_bn_param(key, name, &raw);
  const Number number(raw);
  WK_ASSERT(found == 1);
  std::vector<uint8_t> bytes(static_cast<std::size_t>(std::max(BN_num_bytes(number.get()), least_bytes)));
  BN_bn2binpad(number.get(), bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

// OpenSSL gives DER; JWS wants the numbers side by side (RFC 7518 section 3.4).
std::string SideBySide(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, FreeSignature> signature(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  WK_ASSERT(signature != nullptr);
  std::array<uint8_t, 2 * kCoordinateBytes> bytes{};
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes.data(), kCoordinateBytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes.data() + kCoordinateBytes, kCoordinateBytes);
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

std::string_view SigningAlgorithmName(SigningAlgorithm algorithm) {
  return kNames[static_cast<std::size_t>(algorithm)];
}

std::optional<SigningAlgorithm> ParseSigningAlgorithm(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<SigningAlgorithm>(i);
  }
  return std::nullopt;
}

void SigningKeyPair::Free::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

SigningKeyPair SigningKeyPair::Generate(SigningAlgorithm algorithm) {
  Handle key(algorithm == SigningAlgorithm::kRs256 ? EVP_RSA_gen(kRsaBits) : EVP_EC_gen("P-384"));
  WK_ASSERT(key != nullptr && IsOf(key.get(), algorithm));
  return SigningKeyPair(algorithm, std::move(key));
}

std::optional<SigningKeyPair> SigningKeyPair::FromDer(SigningAlgorithm algorithm, const base::Secret& der) {
  const std::string_view bytes = der.Reveal();
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  Handle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (key == nullptr || !IsOf(key.get(), algorithm)) return std::nullopt;
  return SigningKeyPair(algorithm, std::move(key));
}

base::Secret SigningKeyPair::PrivateDer() const {
  const int size = i2d_PrivateKey(key_.get(), nullptr);
  WK_ASSERT(size > 0);
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_PrivateKey(key_.get(), &at);
  return base::Secret(std::move(der));
}

std::string SigningKeyPair::Sign(std::string_view message) const {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  const EVP_MD* digest = algorithm_ == SigningAlgorithm::kRs256 ? EVP_sha256() : EVP_sha384();
  const auto* text = reinterpret_cast<const unsigned char*>(message.data());
  WK_ASSERT(context != nullptr &&
            EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
  std::size_t size = 0;
  WK_ASSERT(EVP_DigestSign(context.get(), nullptr, &size, text, message.size()) == 1);
  std::string signature(size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  WK_ASSERT(EVP_DigestSign(context.get(), out, &size, text, message.size()) == 1);
  signature.resize(size);
  return algorithm_ == SigningAlgorithm::kRs256 ? signature : SideBySide(signature);
}

std::pair<std::vector<uint8_t>, std::vector<uint8_t>> SigningKeyPair::PublicNumbers() const {
  if (algorithm_ == SigningAlgorithm::kRs256) {
    return {PublicNumber(key_.get(), OSSL_PKEY_PARAM_RSA_N, 1),
            PublicNumber(key_.get(), OSSL_PKEY_PARAM_RSA_E, 1)};
  }
  return {PublicNumber(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, kCoordinateBytes),
          PublicNumber(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, kCoordinateBytes)};
}

}  // namespace wardkeep::crypto
