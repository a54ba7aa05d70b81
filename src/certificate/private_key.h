// PrivateKey: the key that belongs to a server certificate, read from unencrypted PEM in the forms "PRIVATE
// KEY" (PKCS#8), "RSA PRIVATE KEY" (PKCS#1) and "EC PRIVATE KEY" (SEC 1, with or without "EC PARAMETERS"
// before it). Lives for one request; never asks for a password.
#pragma once

#include <optional>
#include <utility>

#include "base/secret.h"
#include "certificate/handles.h"

namespace wardkeep::certificate {

class PrivateKey {
 public:
  explicit PrivateKey(KeyHandle handle) : key_(std::move(handle)) {}
  const evp_pkey_st* handle() const { return key_.get(); }
  bool IsRsa() const;

 private:
  KeyHandle key_;
};

// nullopt for text that is not exactly one unencrypted key that IsAllowedKey.
std::optional<PrivateKey> ReadPrivateKey(const base::Secret& pem);

}  // namespace wardkeep::certificate
