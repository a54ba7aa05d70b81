#include "auth/totp.h"

#include <array>

#include "base/assert.h"
#include "crypto/constant_time.h"
#include "crypto/hmac.h"

namespace wardkeep::auth {
namespace {

constexpr std::array<uint32_t, 9> kPowersOfTen = {1,      10,      100,      1000,     10000,
                                                  100000, 1000000, 10000000, 100000000};

crypto::HmacHash HashOf(entity::TotpHash hash) {
  switch (hash) {
    case entity::TotpHash::kSha1:
      return crypto::HmacHash::kSha1;
    case entity::TotpHash::kSha256:
      return crypto::HmacHash::kSha256;
    case entity::TotpHash::kSha512:
      return crypto::HmacHash::kSha512;
  }
  WK_ASSERT(!"a hash without a row");
  return crypto::HmacHash::kSha1;
}

bool IsCodeOf(TotpSeed seed, const entity::TotpForm& form, std::string_view code, int64_t step) {
  return crypto::ConstantTimeEquals(TotpCode(seed, form, step), code);
}

// Calls matches(step) for the steps of the window until one does, beginning at the centre.
template <typename Matches>
std::optional<int64_t> Search(const TotpWindow& window, Matches matches) {
  for (int64_t distance = 0; distance <= window.radius; ++distance) {
    for (const int64_t step : {window.centre - distance, window.centre + distance}) {
      if (step >= 0 && step > window.used && matches(step)) return step;
    }
  }
  return std::nullopt;
}

}  // namespace

int64_t TotpStepAt(base::Instant now, const entity::TotpForm& form) {
  return base::ToUnixSeconds(now) / form.period_seconds;
}

std::string TotpCode(TotpSeed seed, const entity::TotpForm& form, int64_t step, int digits) {
  WK_ASSERT(digits >= 1 && digits < static_cast<int>(kPowersOfTen.size()) && step >= 0);
  std::array<uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<uint8_t>(static_cast<uint64_t>(step) >> (56 - 8 * i) & 255);
  }
  const std::vector<uint8_t> mac = crypto::Hmac(HashOf(form.hash), seed, counter);
  // Dynamic truncation, RFC 4226 section 5.3.
  const std::size_t offset = mac.back() & 15;
  const uint32_t binary = static_cast<uint32_t>(mac[offset] & 127) << 24 |
                          static_cast<uint32_t>(mac[offset + 1]) << 16 |
                          static_cast<uint32_t>(mac[offset + 2]) << 8 | mac[offset + 3];
  std::string code = std::to_string(binary % kPowersOfTen[static_cast<std::size_t>(digits)]);
  return std::string(static_cast<std::size_t>(digits) - code.size(), '0') + code;
}

std::optional<int64_t> FindTotpStep(TotpSeed seed, const entity::TotpForm& form, std::string_view code,
                                    const TotpWindow& window) {
  return Search(window, [&](int64_t step) { return IsCodeOf(seed, form, code, step); });
}

std::optional<int64_t> FindTotpPair(TotpSeed seed, const entity::TotpForm& form, std::string_view first,
                                    std::string_view second, const TotpWindow& window) {
  if (first == second) return std::nullopt;
  return Search(window, [&](int64_t step) {
    const int64_t before = step - 1;
    return before >= 0 && before > window.used && IsCodeOf(seed, form, second, step) &&
           IsCodeOf(seed, form, first, before);
  });
}

}  // namespace wardkeep::auth
