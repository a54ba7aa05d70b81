// Arbitrary text as a new password: every rule and the estimate of its strength end soon, within their
// bounds.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "password/password_rules.h"
#include "password/strength.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;  // NOLINT(google-build-using-namespace): a program of one file
  if (size > 512) return 0;  // four bytes for each of the 128 characters the API lets through
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (password::EstimateStrength(text) < 0) std::abort();
  const password::Additions strict{.refuse_common = true, .minimum_strength = 128};
  const password::Owner owner{
      .user_name = "dana", .account_name = "acme", .account_alias = "acme-corp", .email = "d@e.f"};
  entity::PasswordPolicy policy;
  policy.require_symbols = policy.require_numbers = policy.require_uppercase = policy.require_lowercase =
      true;
  (void)password::FindViolation(text, policy, strict, owner);
  (void)password::FindViolation(text, {}, {}, owner);
  return 0;
}
