// Seeds of hardware TOTP tokens, as their maker sends them to the operator: read from CSV, kept as unassigned
// MFA devices of an account, to be enabled by serial number. Functions without state; ImportTokenSeeds may be
// called from any thread.
//
//   serial,hex,period,hash            the header names the columns, in any order: serial and one of hex and
//   GAHT00000001,3132...,30,sha1      base32 (the seed), and if needed digits (6), period (30 or 60), hash
//   (sha1, sha256, GAHT00000002,3334...,60,sha256    sha512)
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "base/result.h"
#include "base/secret.h"
#include "entity/mfa_device.h"
#include "pipeline/services.h"

namespace wardkeep::server {

struct TokenSeed {
  std::string serial_number;
  base::Secret seed;  // 16 to 128 bytes
  entity::TotpForm form;
};

// `invalid` names the first line that is wrong, never its seed. At most 10,000 tokens.
base::Result<std::vector<TokenSeed>> ReadTokenSeeds(std::string_view csv);

// All tokens or none: already_exists names a serial number that the account has. `done` may be called later,
// from another thread, with the number of tokens once they are durable.
void ImportTokenSeeds(const pipeline::Services& services, const base::AccountId& account,
                      std::vector<TokenSeed> seeds, std::function<void(base::Result<std::size_t>)> done);

}  // namespace wardkeep::server
