#include "policy/evaluate/request_facts.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/account_id.h"
#include "base/ascii.h"

namespace wardkeep::policy {
namespace {

// The STS actions authorised against a role's trust policy, in lower case (policy-semantics 4.6).
constexpr std::string_view kTrustActions[] = {
    "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity",
    "sts:setcontext", "sts:setsourceidentity",  "sts:tagsession",
};

bool IsFoldedTrustAction(std::string_view folded) {
  return folded.starts_with("sts:") &&
         std::find(std::begin(kTrustActions), std::end(kTrustActions), folded) != std::end(kTrustActions);
}

// Eight letters at a time: of the bytes 'A' to 'Z', and only of those, bit 0x20 is set.
uint64_t FoldEight(uint64_t bytes) {
  constexpr uint64_t kEach = 0x0101010101010101U;
  const uint64_t low = bytes & 0x7F * kEach;
  const uint64_t from_a = low + (0x80 - 'A') * kEach;
  const uint64_t past_z = low + (0x7F - 'Z') * kEach;
  const uint64_t capital = (from_a ^ past_z) & ~bytes & 0x80 * kEach;
  return bytes | capital >> 2;
}

void FoldEight(const char* text, char* out) {
  uint64_t bytes;
  std::memcpy(&bytes, text, 8);
  bytes = FoldEight(bytes);
  std::memcpy(out, &bytes, 8);
}

void Fold(std::string_view text, char* out) {
  if (text.size() < 8) {
    for (const char c : text) *out++ = base::AsciiLower(c);
    return;
  }
  const std::size_t last = text.size() - 8;
  for (std::size_t i = 0; i < last; i += 8) FoldEight(text.data() + i, out + i);
  FoldEight(text.data() + last, out + last);  // may fold bytes again
}

// Keys of KMS must opt in to identity policies; its other resources need not (4.7).
bool IsKey(std::string_view action, const ArnText& resource) {
  return action.starts_with("kms:") && resource.IsArn() && resource.service() == "kms" &&
         resource.resource().starts_with("key/");
}

// The owner: as given, else as the ARN says ("aws" there is no account), else the caller's account.
std::string_view OwnerOf(const Question& question, const ArnText& resource) {
  if (!question.resource_account.empty()) return question.resource_account;
  if (resource.IsArn() && base::IsAccountId(resource.account())) return resource.account();
  return question.principal->account_id;
}

bool CanHaveBoundary(const Principal& principal) {
  switch (principal.kind) {
    case PrincipalKind::kUser:
    case PrincipalKind::kFederatedUser:
      return true;
    case PrincipalKind::kRoleSession:
      return !principal.is_service_linked_role;
    default:
      return false;
  }
}

}  // namespace

RequestFacts::RequestFacts(const Question& question)
    : question_(question),
      resource_(SplitArn(question.wildcard_only ? std::string_view("*") : question.resource)) {
  const std::string_view written = question.action;
  if (written.size() <= short_action_.size()) {
    Fold(written, short_action_.data());
    action_ = {short_action_.data(), written.size()};
  } else {
    long_action_ = base::AsciiLower(written);
    action_ = long_action_;
  }
  const std::string_view caller_account = question.principal->account_id;
  has_boundary_ = question.policies->permissions_boundary.has_value() && CanHaveBoundary(*question.principal);
  is_same_account_ = !caller_account.empty() && OwnerOf(question, resource_) == caller_account;
  is_trust_ = IsFoldedTrustAction(action_) && IsRoleArn(resource_);
  is_key_ = IsKey(action_, resource_);
}

bool IsRoleArn(const ArnText& resource) {
  return resource.IsArn() && resource.service() == "iam" && resource.resource().starts_with("role/");
}

bool IsTrustAction(std::string_view action) {
  return IsFoldedTrustAction(base::AsciiLower(action));
}

}  // namespace wardkeep::policy
