#include "who_can/question_check.h"

#include "base/ascii.h"
#include "catalog/action_catalogue.h"
#include "policy/match/arn_text.h"

namespace wardkeep::who_can {
namespace {

// Wardkeep's own service, which the reference of AWS's does not have.
bool IsOwnAction(std::string_view action) {
  return base::EqualsIgnoreAsciiCase(action, "passkeys:BeginPasskeyAssertion") ||
         base::EqualsIgnoreAsciiCase(action, "passkeys:FinishPasskeyAssertion");
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> WrongAction(std::string_view action) {
  if (HasWildcard(action)) {
    return "is a pattern; ask for one action by its name, such as iam:GetUser, or list what a principal may "
           "do "
           "with what-can";
  }
  const std::size_t colon = action.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == action.size()) {
    return "is not an action; write SERVICE:NAME, such as iam:GetUser";
  }
  if (IsOwnAction(action)) return std::nullopt;
  const auto service = catalog::FindService(action.substr(0, colon));
  if (!service) return "names a service that is not known; the prefix is that of policies, such as s3 or iam";
  if (catalog::LoadService(*service).FindAction(action.substr(colon + 1)) == nullptr) {
    return "is not an action of " + std::string(service->name) +
           "; names are those of policies, which may differ from those of API calls (s3:ListBucket)";
  }
  return std::nullopt;
}

std::optional<std::string> WrongResource(std::string_view resource) {
  if (resource == "*") return std::nullopt;
  if (!policy::SplitArn(resource).IsArn())
    return "is not an ARN; leave it out for actions without a resource";
  if (HasWildcard(resource)) {
    return "is a pattern; ask for one resource by its ARN, because parts of what it matches may be denied";
  }
  return std::nullopt;
}

}  // namespace wardkeep::who_can
