// X509Certificate: one X.509 certificate, parsed from PEM, with the facts IAM keeps of it. Immutable; share
// it between threads only after parsing.
//
//   const auto leaf = ReadCertificate(body);
//   if (!leaf) return Malformed();
//   if (!leaf->IsValidAt(now)) ...
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "certificate/handles.h"

namespace wardkeep::certificate {

class PrivateKey;

class X509Certificate {
 public:
  // One DER certificate and nothing after it, with a key that IsAllowedKey.
  static std::optional<X509Certificate> FromDer(std::string_view der);

  base::Instant not_before() const { return not_before_; }
  base::Instant not_after() const { return not_after_; }
  bool IsValidAt(base::Instant moment) const { return not_before_ <= moment && moment <= not_after_; }
  // SHA-256 of the DER form in lower-case hexadecimal: equal for equal certificates, however written in PEM.
  const std::string& digest() const { return digest_; }
  // SHA-256 of the public key (SubjectPublicKeyInfo) in lower-case hexadecimal: equal for certificates of one
  // key. Empty when it cannot be had.
  std::string KeyDigest() const;
  // SHA-1 of the DER form in base32, 32 characters: what AWS names a signing certificate by (data-formats
  // section 2).
  const std::string& id() const { return id_; }
  // True when `issuer` names itself as this one's issuer, may sign certificates, and its key made the
  // signature.
  bool IsIssuedBy(const X509Certificate& issuer) const;
  bool HasKeyOf(const PrivateKey& key) const;

 private:
  X509Certificate(CertificateHandle handle, std::string digest) : x509_(std::move(handle)), digest_(digest) {}

  CertificateHandle x509_;
  std::string digest_;
  std::string id_;
  base::Instant not_before_;
  base::Instant not_after_;
};

// Certificates that a chain may hold.
inline constexpr std::size_t kMaxChain = 20;

// PEM text with exactly one block CERTIFICATE.
std::optional<X509Certificate> ReadCertificate(std::string_view pem);
// PEM text with one to kMaxChain blocks CERTIFICATE.
std::optional<std::vector<X509Certificate>> ReadChain(std::string_view pem);

// Whether the chain starts with the certificate that signed `leaf` and each further one signed the one before
// it. nullopt when it does; otherwise the index in the chain of the last good certificate, -1 when already
// the leaf is not signed by the first (the number in AWS's message).
std::optional<int> FindBreak(const X509Certificate& leaf, const std::vector<X509Certificate>& chain);

}  // namespace wardkeep::certificate
