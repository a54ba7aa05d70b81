#include "service/iam/policy_input.h"

#include "api/iam/errors.h"
#include "base/percent.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {

ApiResult<entity::DocumentPtr> ReadDocument(const std::string& text, policy::DocumentKind kind) {
  const policy::ParseOutcome outcome = policy::ParseDocument(text, kind);
  if (outcome.error) {
    if (outcome.error->code == "MalformedPolicyDocument")
      return api::iam::MalformedPolicyDocument(outcome.error->message);
    return api::ApiError{.code = outcome.error->code, .http_status = 400, .message = outcome.error->message};
  }
  return entity::DocumentPtr(
      std::make_shared<entity::StoredDocument>(text, kind, policy::Compile(*outcome.document)));
}

ApiResult<void> CheckDocumentSize(std::string_view text, entity::Quota quota) {
  const int64_t limit = entity::DefaultLimit(quota);
  if (static_cast<int64_t>(policy::CountPolicyCharacters(text)) <= limit) return {};
  return api::iam::LimitExceeded(entity::QuotaMessage(quota, limit));
}

ApiResult<void> CheckInlineSize(const entity::InlinePolicies& policies, entity::Quota quota,
                                std::string_view kind, std::string_view name) {
  const int64_t limit = entity::DefaultLimit(quota);
  int64_t sum = 0;
  for (const entity::InlinePolicy& policy : policies) {
    sum += static_cast<int64_t>(policy::CountPolicyCharacters(policy.document->text()));
  }
  if (sum <= limit) return {};
  return api::iam::LimitExceeded("Maximum policy size of " + std::to_string(limit) + " bytes exceeded for " +
                                 std::string(kind) + " " + std::string(name));
}

std::string ShowDocument(std::string_view text) {
  return base::PercentEncode(text);
}

}  // namespace wardkeep::service::iam
