// The form of one value inside Principal or NotPrincipal (policy-semantics 1.4). Whether the named entity
// exists is not asked here. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "wardkeep/document.h"

namespace wardkeep::policy {

// "AWS", "Service", "Federated" or "CanonicalUser" (exact spelling); nullopt otherwise. Never gives kAny.
std::optional<PrincipalType> PrincipalTypeOf(std::string_view name);

// kAws: "*", an account id, an S3 canonical id, a unique id of a user or role, or the ARN of a root user,
// user, role, assumed-role session or federated user. Wildcards inside a value and ARNs of groups are wrong.
// kService: a domain name. kFederated: a domain name or the ARN of an OIDC or SAML provider.
bool IsPrincipalForm(PrincipalType type, std::string_view value, std::string_view partition);

}  // namespace wardkeep::policy
