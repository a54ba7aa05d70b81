// AccountAccess from the answer of iam:GetAccountAuthorizationDetails, as `aws iam
// get-account-authorization-details` prints it: of a Wardkeep account or of one at AWS. Bounded by 256 MiB of
// text.
#pragma once

#include <memory>
#include <string_view>

#include "evaluate_format/error.h"
#include "who_can/account_access.h"

namespace wardkeep::who_can {

// The root user, every user and every role. Documents may be objects or text, also percent-encoded as the API
// sends them. Errors: "InvalidJson", "InvalidInput"; a policy that is attached and neither in the answer nor
// one of AWS's makes its principals unreadable, and so does a document that does not parse.
evaluate_format::EvaluateResult<std::unique_ptr<const AccountAccess>> FromDetails(std::string_view json);

}  // namespace wardkeep::who_can
