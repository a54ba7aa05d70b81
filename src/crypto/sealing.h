// Sealing: authenticated encryption (XChaCha20-Poly1305) of secrets at rest and of tokens handed to clients.
//
//   Sealer sealer(std::move(master_key), rng);
//   SealingKey key = sealer.ForPurpose("access-key-secret");
//   std::string sealed = key.Seal(secret, access_key_id);            // binary
//   std::optional<base::Secret> opened = key.Open(sealed, access_key_id);
//
// Each purpose has its own key derived from the master key, so what was sealed for one purpose never opens
// for another. The associated text is authenticated but not stored: give the same text to open, usually the
// name of the owner. Both classes are immutable and thread-safe; they keep a reference to the random source,
// which must outlive them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/secret.h"
#include "crypto/key_bytes.h"

namespace wardkeep::crypto {

// Bytes that sealing adds to a text: version, nonce, authentication tag.
inline constexpr std::size_t kSealingOverhead = 1 + 24 + 16;

class SealingKey {
 public:
  SealingKey(KeyBytes key, base::Rng& rng);

  std::string Seal(std::string_view plain, std::string_view associated) const;
  // nullopt, without saying why, for anything that this key did not seal with this associated text.
  std::optional<base::Secret> Open(std::string_view sealed, std::string_view associated) const;

  // 32 bytes that only this key makes of this text: an authentication tag for what need not be secret. A key
  // is used for tags or for sealing, not for both.
  std::string Tag(std::string_view text) const;

 private:
  KeyBytes key_;
  base::Rng* rng_;
};

class Sealer {
 public:
  Sealer(KeyBytes master_key, base::Rng& rng);

  // Purposes are fixed names in the code, such as "session-token"; changing one makes its sealed data
  // unreadable.
  SealingKey ForPurpose(std::string_view purpose) const;

 private:
  KeyBytes master_key_;
  base::Rng* rng_;
};

}  // namespace wardkeep::crypto
