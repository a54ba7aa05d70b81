// Time-based one-time passwords (RFC 6238 over RFC 4226). Pure functions; codes are compared in constant
// time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "entity/mfa_device.h"

namespace wardkeep::auth {

using TotpSeed = std::span<const uint8_t>;

// The number of the period that holds `now`, counted from 1970.
int64_t TotpStepAt(base::Instant now, const entity::TotpForm& form);

// The code of one step: as many decimal digits, 1 to 8, as asked for.
std::string TotpCode(TotpSeed seed, const entity::TotpForm& form, int64_t step,
                     int digits = entity::kTotpDigits);

// Which steps to look at: centre-radius to centre+radius, and only those after `used`.
struct TotpWindow {
  int64_t centre = 0;
  int64_t radius = 0;
  int64_t used = -1;
};

// The step in the window whose code is `code`, the one nearest to the centre first. nullopt when there is
// none.
std::optional<int64_t> FindTotpStep(TotpSeed seed, const entity::TotpForm& form, std::string_view code,
                                    const TotpWindow& window);

// Two codes of consecutive steps, as a person who shows possession of a device reads them. Gives the step of
// the second one, which the window is about; the first is also after `used`. Equal codes are refused.
std::optional<int64_t> FindTotpPair(TotpSeed seed, const entity::TotpForm& form, std::string_view first,
                                    std::string_view second, const TotpWindow& window);

}  // namespace wardkeep::auth
