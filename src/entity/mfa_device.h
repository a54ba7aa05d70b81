// An MFA device of an account: a virtual or hardware TOTP device, or a FIDO credential. A device is a
// document of its own, because each use of a code writes the step that was used. At most one user, or the
// root user, has it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "entity/tag.h"

namespace wardkeep::entity {

enum class MfaKind : uint8_t { kVirtual, kHardware, kFido };

// The hash of RFC 6238. Virtual devices use SHA-1.
enum class TotpHash : uint8_t { kSha1, kSha256, kSha512 };

// What fixes the codes of a device beside its seed. AWS takes six digits only.
struct TotpForm {
  TotpHash hash = TotpHash::kSha1;
  int32_t period_seconds = 30;
  friend bool operator==(const TotpForm&, const TotpForm&) = default;
};

inline constexpr int kTotpDigits = 6;

struct Totp {
  std::string sealed_seed;  // bytes of crypto::Sealer, purpose "mfa-seed", bound to account and serial number
  TotpForm form;
  int64_t drift_steps = 0;      // how far the device's clock is ahead, learned when it was synchronised
  int64_t last_used_step = -1;  // no code of this step or an earlier one is accepted; -1 before the first use
};

// A credential that an authenticator made for this installation (WebAuthn).
struct FidoCredential {
  std::string credential_id;  // bytes, chosen by the authenticator
  std::string public_key;     // bytes, in the form of fido::Credential
  int32_t algorithm = -7;     // COSE number
  uint32_t sign_count = 0;    // of the last answer
  std::string aaguid;         // 16 bytes, the model of the authenticator
};

struct MfaDevice {
  std::string serial_number;  // unique in the account ignoring ASCII case; an ARN except for hardware tokens
  MfaKind kind = MfaKind::kVirtual;
  std::string name;  // of virtual and FIDO devices
  base::Instant create_date;
  Tags tags;
  std::string owner_id;  // AIDA... of the user, the account id for root, empty while unassigned
  std::optional<base::Instant> enable_date;  // set exactly while assigned
  std::optional<Totp> totp;                  // of kVirtual and kHardware
  std::optional<FidoCredential> fido;        // of kFido, which is always assigned

  bool is_assigned() const { return !owner_id.empty(); }
};

}  // namespace wardkeep::entity
