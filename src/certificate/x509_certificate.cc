#include "certificate/x509_certificate.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <utility>

#include "base/base32.h"
#include "base/base64.h"
#include "base/hex.h"
#include "certificate/key_rules.h"
#include "certificate/pem.h"
#include "certificate/private_key.h"
#include "crypto/certificate_thumbprint.h"
#include "crypto/digest.h"

namespace wardkeep::certificate {
namespace {

std::optional<base::Instant> ReadTime(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return base::FromUnixSeconds(timegm(&parts));
}

std::optional<X509Certificate> FromBlock(const PemBlock& block) {
  if (block.label != "CERTIFICATE" || block.has_headers) return std::nullopt;
  return X509Certificate::FromDer(block.der.Reveal());
}

}  // namespace

std::optional<X509Certificate> X509Certificate::FromDer(std::string_view der) {
  const std::span<const uint8_t> bytes = base::AsBytes(der);
  const uint8_t* at = bytes.data();
  CertificateHandle handle(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  const bool whole = handle != nullptr && at == bytes.data() + bytes.size();
  const bool usable = whole && IsAllowedKey(X509_get0_pubkey(handle.get()));
  // Also for later: errors stay in a queue of the thread that others would find.
  ERR_clear_error();
  if (!usable) return std::nullopt;
  const auto not_before = ReadTime(X509_get0_notBefore(handle.get()));
  const auto not_after = ReadTime(X509_get0_notAfter(handle.get()));
  ERR_clear_error();
  if (!not_before || !not_after) return std::nullopt;
  X509Certificate certificate(std::move(handle), crypto::Sha256Hex(der));
  certificate.id_ = base::Base32Encode(*base::HexDecode(crypto::CertificateThumbprint(bytes)));
  certificate.not_before_ = *not_before;
  certificate.not_after_ = *not_after;
  return certificate;
}

std::string X509Certificate::KeyDigest() const {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509_.get()), &bytes);
  ERR_clear_error();
  if (size <= 0) return {};
  const std::string_view key(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  std::string digest = crypto::Sha256Hex(key);
  OPENSSL_free(bytes);
  return digest;
}

bool X509Certificate::IsIssuedBy(const X509Certificate& issuer) const {
  const bool named = X509_check_issued(issuer.x509_.get(), x509_.get()) == X509_V_OK;
  const bool issued = named && X509_verify(x509_.get(), X509_get0_pubkey(issuer.x509_.get())) == 1;
  ERR_clear_error();
  return issued;
}

bool X509Certificate::HasKeyOf(const PrivateKey& key) const {
  const bool same = EVP_PKEY_eq(X509_get0_pubkey(x509_.get()), key.handle()) == 1;
  ERR_clear_error();
  return same;
}

std::optional<X509Certificate> ReadCertificate(std::string_view pem) {
  const auto blocks = ReadPem(pem, 1);
  if (!blocks) return std::nullopt;
  return FromBlock(blocks->front());
}

std::optional<std::vector<X509Certificate>> ReadChain(std::string_view pem) {
  const auto blocks = ReadPem(pem, kMaxChain);
  if (!blocks) return std::nullopt;
  std::vector<X509Certificate> chain;
  for (const PemBlock& block : *blocks) {
    auto certificate = FromBlock(block);
    if (!certificate) return std::nullopt;
    chain.push_back(std::move(*certificate));
  }
  return chain;
}

std::optional<int> FindBreak(const X509Certificate& leaf, const std::vector<X509Certificate>& chain) {
  const X509Certificate* below = &leaf;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!below->IsIssuedBy(chain[i])) return static_cast<int>(i) - 1;
    below = &chain[i];
  }
  return std::nullopt;
}

}  // namespace wardkeep::certificate
