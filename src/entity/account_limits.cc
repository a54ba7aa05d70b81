#include "entity/account_limits.h"

#include <charconv>
#include <string>

namespace wardkeep::entity {

using base::Error;
using base::ErrorCode;

namespace {

// Sizes, versions and tags are fixed in AWS too, and a profile holds one role by its form.
bool IsRaisable(Quota quota) {
  switch (quota) {
    case Quota::kRolesPerInstanceProfile:
    case Quota::kVersionsPerPolicy:
    case Quota::kPolicySize:
    case Quota::kTrustPolicySize:
    case Quota::kInlinePolicySizeUser:
    case Quota::kInlinePolicySizeGroup:
    case Quota::kInlinePolicySizeRole:
    case Quota::kTagsPerResource:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::optional<Quota> FindQuota(std::string_view name) {
  for (uint8_t i = 0; i < static_cast<uint8_t>(Quota::kCount); ++i) {
    if (QuotaName(static_cast<Quota>(i)) == name) return static_cast<Quota>(i);
  }
  return std::nullopt;
}

base::Result<void> AccountLimits::Raise(std::string_view text) {
  Raised* raised = &for_all_;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const std::string_view account = text.substr(0, colon);
    if (!base::IsAccountId(account)) return Error(ErrorCode::kInvalid, "names no account of 12 digits");
    raised = &for_one_[base::AccountId(account)];
    text.remove_prefix(colon + 1);
  }
  const std::size_t equals = text.find('=');
  const auto quota = FindQuota(text.substr(0, equals));
  if (equals == std::string_view::npos || !quota) {
    return Error(ErrorCode::kInvalid, "must be items NAME=LIMIT or ACCOUNT:NAME=LIMIT with AWS's names");
  }
  if (!IsRaisable(*quota)) {
    return Error(ErrorCode::kInvalid, std::string(QuotaName(*quota)) + " cannot be raised");
  }
  const std::string_view digits = text.substr(equals + 1);
  int64_t limit = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), limit);
  const bool is_number = fault == std::errc() && end == digits.data() + digits.size();
  if (!is_number || limit < DefaultLimit(*quota) || limit > kMost) {
    return Error(ErrorCode::kInvalid, "must raise " + std::string(QuotaName(*quota)) + " to a number from " +
                                          std::to_string(DefaultLimit(*quota)) + " to " +
                                          std::to_string(kMost));
  }
  (*raised)[*quota] = limit;
  return {};
}

int64_t AccountLimits::Limit(const base::AccountId& account, Quota quota) const {
  if (const auto one = for_one_.find(account); one != for_one_.end()) {
    if (const auto found = one->second.find(quota); found != one->second.end()) return found->second;
  }
  const auto found = for_all_.find(quota);
  return found == for_all_.end() ? DefaultLimit(quota) : found->second;
}

}  // namespace wardkeep::entity
