#include "certificate/ssh_public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/assert.h"
#include "base/base64.h"
#include "base/trim.h"
#include "certificate/handles.h"
#include "certificate/pem.h"

namespace wardkeep::certificate {
namespace {

constexpr int kMinBits = 2048;
constexpr int kMaxBits = 16384;
constexpr int kMaxExponentBits = 64;  // longer ones only make the key slow to use
constexpr std::string_view kType = "ssh-rsa";

struct FreeBn {
  void operator()(BIGNUM* number) const { BN_free(number); }
};
using Number = std::unique_ptr<BIGNUM, FreeBn>;

struct RsaNumbers {
  Number exponent;
  Number modulus;
};

// RFC 4251 section 5: a length of four bytes, then that many bytes.
std::optional<std::string_view> TakeString(std::string_view& wire) {
  if (wire.size() < 4) return std::nullopt;
  uint32_t length = 0;
  for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<uint8_t>(wire[static_cast<std::size_t>(i)]);
  wire.remove_prefix(4);
  if (length > wire.size()) return std::nullopt;
  const std::string_view taken = wire.substr(0, length);
  wire.remove_prefix(length);
  return taken;
}

// A positive number without superfluous leading zeros, as RFC 4251 demands.
Number TakeNumber(std::string_view& wire) {
  const auto text = TakeString(wire);
  if (!text || text->empty() || text->size() > kMaxBits / 8 + 1) return nullptr;
  const auto bytes = base::AsBytes(*text);
  const bool negative = (bytes[0] & 0x80) != 0;
  const bool padded = bytes[0] == 0 && (bytes.size() == 1 || (bytes[1] & 0x80) == 0);
  if (negative || padded) return nullptr;
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

void PutString(std::string& wire, std::string_view text) {
  for (int shift = 24; shift >= 0; shift -= 8) wire.push_back(static_cast<char>(text.size() >> shift & 0xff));
  wire.append(text);
}

void PutNumber(std::string& wire, const BIGNUM* number) {
  // One byte more than needed gives the leading zero of a number whose first bit is set.
  std::vector<uint8_t> bytes(static_cast<std::size_t>(BN_num_bytes(number)) + 1);
  BN_bn2binpad(number, bytes.data(), static_cast<int>(bytes.size()));
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if ((bytes[1] & 0x80) == 0) text.remove_prefix(1);
  PutString(wire, text);
}

bool IsAllowed(const RsaNumbers& numbers) {
  if (numbers.exponent == nullptr || numbers.modulus == nullptr) return false;
  const int bits = BN_num_bits(numbers.modulus.get());
  return bits >= kMinBits && bits <= kMaxBits && BN_is_odd(numbers.modulus.get()) &&
         BN_is_odd(numbers.exponent.get()) && !BN_is_one(numbers.exponent.get()) &&
         BN_num_bits(numbers.exponent.get()) <= kMaxExponentBits;
}

std::string WireOf(const RsaNumbers& numbers) {
  std::string wire;
  PutString(wire, kType);
  PutNumber(wire, numbers.exponent.get());
  PutNumber(wire, numbers.modulus.get());
  return wire;
}

KeyHandle MakeKey(const RsaNumbers& numbers) {
  EVP_PKEY* key = nullptr;
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
  OSSL_PARAM* parameters = nullptr;
  if (builder != nullptr && context != nullptr &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, numbers.modulus.get()) == 1 &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, numbers.exponent.get()) == 1) {
    parameters = OSSL_PARAM_BLD_to_param(builder);
  }
  if (parameters != nullptr && EVP_PKEY_fromdata_init(context) == 1) {
    EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
  }
  OSSL_PARAM_free(parameters);
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_BLD_free(builder);
  return KeyHandle(key);
}

std::string SpkiOf(const RsaNumbers& numbers) {
  const KeyHandle key = MakeKey(numbers);
  if (key == nullptr) return {};
  uint8_t* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  if (size <= 0) return {};
  std::string spki(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return spki;
}

RsaNumbers NumbersOfKey(const EVP_PKEY* key) {
  BIGNUM* exponent = nullptr;
  BIGNUM* modulus = nullptr;
  if (key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus);
  }
  return {Number(exponent), Number(modulus)};
}

RsaNumbers NumbersOfWire(std::string_view wire) {
  if (TakeString(wire) != kType) return {};
  RsaNumbers numbers;
  numbers.exponent = TakeNumber(wire);
  numbers.modulus = TakeNumber(wire);
  if (!wire.empty()) return {};
  return numbers;
}

RsaNumbers NumbersOfPem(std::string_view text) {
  const auto blocks = ReadPem(text, 1);
  if (!blocks || blocks->front().has_headers) return {};
  const PemBlock& block = blocks->front();
  const auto der = block.bytes();
  const uint8_t* at = der.data();
  KeyHandle key;
  if (block.label == "PUBLIC KEY") {
    key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  } else if (block.label == "RSA PUBLIC KEY") {
    key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
  }
  if (at != der.data() + der.size()) return {};
  return NumbersOfKey(key.get());
}

// What "TYPE BASE64 comment" begins with. Types that SSH knows are recognised, though only RSA is taken.
bool IsSshType(std::string_view word) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-sha2-"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return word.starts_with(prefix); });
}

}  // namespace

base::Result<SshPublicKey, SshKeyFault> SshPublicKey::FromWire(std::string_view wire) {
  const RsaNumbers numbers = NumbersOfWire(wire);
  std::string spki = IsAllowed(numbers) ? SpkiOf(numbers) : std::string();
  ERR_clear_error();
  if (spki.empty()) return SshKeyFault::kKey;
  return SshPublicKey(WireOf(numbers), std::move(spki));
}

base::Result<SshPublicKey, SshKeyFault> SshPublicKey::Read(std::string_view text) {
  text = base::Trim(text, base::kBlanksAndLineEnds);
  if (text.starts_with("-----BEGIN ")) {
    const RsaNumbers numbers = NumbersOfPem(text);
    std::string spki = IsAllowed(numbers) ? SpkiOf(numbers) : std::string();
    ERR_clear_error();
    if (spki.empty()) return SshKeyFault::kKey;
    return SshPublicKey(WireOf(numbers), std::move(spki));
  }
  const auto end = text.find_first_of(" \t");
  const std::string_view type = text.substr(0, end);
  if (end == std::string_view::npos || !IsSshType(type)) return SshKeyFault::kEncoding;
  // One key: a line end could only begin another one.
  if (type != kType || text.find_first_of("\r\n") != std::string_view::npos) return SshKeyFault::kKey;
  const std::string_view rest = base::Trim(text.substr(end), base::kBlanksAndLineEnds);
  const auto wire = base::Base64Decode(rest.substr(0, rest.find_first_of(" \t")));
  if (!wire) return SshKeyFault::kKey;
  return FromWire(std::string_view(reinterpret_cast<const char*>(wire->data()), wire->size()));
}

std::string SshPublicKey::OpenSsh() const {
  return std::string(kType) + " " + base::Base64Encode(base::AsBytes(wire_));
}

std::string SshPublicKey::Pem() const {
  return WritePem("PUBLIC KEY", base::AsBytes(spki_));
}

std::string SshPublicKey::Fingerprint() const {
  std::array<uint8_t, 16> digest{};
  std::size_t size = 0;
  const int done = EVP_Q_digest(nullptr, "MD5", nullptr, wire_.data(), wire_.size(), digest.data(), &size);
  WK_ASSERT(done == 1 && size == digest.size());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : digest) {
    if (!text.empty()) text.push_back(':');
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace wardkeep::certificate
