#include "policy/explain/denial_text.h"

#include <initializer_list>

#include "base/ascii.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy {
namespace {

// In the order in which a missing layer is reported.
struct LayerWords {
  PolicyType type;
  std::string_view missing;  // "no ... allows"
  std::string_view denying;  // "with an explicit deny in ..."
  bool shows_policy_arn;     // explicit denials may end in ": <policy ARN>"
};
constexpr LayerWords kLayers[] = {
    {PolicyType::kServiceControl, "service control policy", "a service control policy", true},
    {PolicyType::kResourceControl, "resource control policy", "a resource control policy", true},
    {PolicyType::kEndpoint, "VPC endpoint policy", "a VPC endpoint policy", false},
    {PolicyType::kResource, "resource-based policy", "a resource-based policy", false},
    {PolicyType::kIdentity, "identity-based policy", "an identity-based policy", true},
    {PolicyType::kPermissionsBoundary, "permissions boundary", "a permissions boundary", true},
    {PolicyType::kSession, "session policy", "a session policy", true},
};

const LayerWords& WordsOf(PolicyType type) {
  for (const LayerWords& row : kLayers) {
    if (row.type == type) return row;
  }
  return kLayers[0];
}

void Append(std::string& text, std::initializer_list<std::string_view> parts) {
  for (std::string_view part : parts) text += part;
}

void AppendExplicitDeny(std::string& text, PolicyType type, bool is_trust, std::string_view policy_arn) {
  const LayerWords& words = WordsOf(type);
  const bool is_trust_policy = is_trust && type == PolicyType::kResource;
  Append(text, {" with an explicit deny in ", is_trust_policy ? "the role trust policy" : words.denying});
  if (words.shows_policy_arn && !policy_arn.empty()) Append(text, {": ", policy_arn});
}

void AppendMissingLayer(std::string& text, PolicyTypeSet missing, std::string_view action) {
  for (const LayerWords& row : kLayers) {
    if (!missing.Has(row.type)) continue;
    return Append(text, {" because no ", row.missing, " allows the ", action, " action"});
  }
}

// Calls with a token of an identity provider name neither caller nor role.
bool IsTokenCall(std::string_view action) {
  return base::EqualsIgnoreAsciiCase(action, "sts:AssumeRoleWithWebIdentity") ||
         base::EqualsIgnoreAsciiCase(action, "sts:AssumeRoleWithSAML");
}

// AWS's own sentences for changes of its managed policies, which nobody may make (data-formats section 16).
// Empty for everything else.
std::string_view ForeignPolicyText(std::string_view action, std::string_view resource) {
  constexpr std::string_view kIam = "iam:";
  if (resource.find(":iam::aws:policy/") == std::string_view::npos ||
      !base::EqualsIgnoreAsciiCase(action.substr(0, kIam.size()), kIam))
    return {};
  const std::string_view name = action.substr(kIam.size());
  if (base::EqualsIgnoreAsciiCase(name, "DeletePolicy"))
    return "Cannot delete policies outside your own account.";
  if (base::EqualsIgnoreAsciiCase(name, "DeletePolicyVersion")) {
    return "Cannot delete policy versions for policies outside your own account.";
  }
  return "Cannot update policies outside your own account.";
}

}  // namespace

std::string DenialText(std::string_view principal_arn, std::string_view action, std::string_view resource,
                       const Decision& decision, std::string_view deciding_policy_arn) {
  const bool is_trust = IsTrustAction(action) && resource.find(":role/") != std::string_view::npos;
  std::string text;
  if (is_trust && IsTokenCall(action)) {
    Append(text, {"Not authorized to perform ", action});
    return text;
  }
  if (is_trust && decision.basis == Basis::kBuiltInDeny) return "Roles may not be assumed by root accounts.";
  if (decision.basis == Basis::kBuiltInDeny) {
    const std::string_view own = ForeignPolicyText(action, resource);
    if (!own.empty()) return std::string(own);
  }
  Append(text, {"User: ", principal_arn, " is not authorized to perform: ", action});
  if (!resource.empty()) Append(text, {" on resource: ", resource});
  if (decision.verdict == Verdict::kExplicitDeny && decision.statement) {
    AppendExplicitDeny(text, decision.statement->type, is_trust, deciding_policy_arn);
  } else if (!is_trust) {
    AppendMissingLayer(text, decision.missing_layers, action);
  }
  return text;
}

}  // namespace wardkeep::policy
