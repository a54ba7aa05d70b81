// SSH public keys: read from OpenSSH text ("ssh-rsa AAAA... comment", RFC 4253) or PEM ("PUBLIC KEY", "RSA
// PUBLIC KEY"), written in both forms. RSA of 2,048 to 16,384 bits, as IAM takes them. Values; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace wardkeep::certificate {

enum class SshKeyFault {
  kEncoding,  // neither OpenSSH nor PEM
  kKey,       // recognised, but damaged, not RSA, or of a length that is not allowed
};

class SshPublicKey {
 public:
  static base::Result<SshPublicKey, SshKeyFault> Read(std::string_view text);
  // From the bytes of wire(); the same checks.
  static base::Result<SshPublicKey, SshKeyFault> FromWire(std::string_view wire);

  // The key as SSH sends it: string "ssh-rsa", mpint e, mpint n. One form per key, so equal keys are equal
  // bytes.
  const std::string& wire() const { return wire_; }
  std::string OpenSsh() const;      // "ssh-rsa AAAA...", no comment
  std::string Pem() const;          // SubjectPublicKeyInfo, block PUBLIC KEY
  std::string Fingerprint() const;  // MD5 of wire() as "aa:bb:...", 47 characters

 private:
  SshPublicKey(std::string wire, std::string spki) : wire_(std::move(wire)), spki_(std::move(spki)) {}

  std::string wire_;
  std::string spki_;  // DER
};

}  // namespace wardkeep::certificate
