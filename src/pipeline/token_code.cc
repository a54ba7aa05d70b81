#include "pipeline/token_code.h"

namespace wardkeep::pipeline {
namespace {

constexpr const char* kIncomplete =
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
constexpr const char* kUnknown =
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is "
    "valid and "
    "associated with this user.";
// With a space at the end, as AWS sends it.
constexpr const char* kInvalid = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

}  // namespace

base::Result<void, api::ApiError> CheckTokenCode(const Services& services, snapshot::AccountEdit& edit,
                                                 const CallerIdentity& caller, const TokenCodeArguments& code,
                                                 base::Instant now) {
  if (!code.serial_number || !code.token_code) return api::AccessDenied(kIncomplete);
  if (!caller.is_root() && !caller.is_iam_user()) return api::AccessDenied(kUnknown);
  const std::string owner = MfaOwnerId(edit.state(), caller.is_root() ? nullptr : caller.user);
  const auto used = UseTokenCode(services, edit, {owner, *code.serial_number, *code.token_code}, now);
  if (used) return {};
  return api::AccessDenied(used.error() == MfaRefusal::kUnknownDevice ? kUnknown : kInvalid);
}

}  // namespace wardkeep::pipeline
