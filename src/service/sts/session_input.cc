#include "service/sts/session_input.h"

#include <algorithm>
#include <utility>

#include "api/sts/errors.h"
#include "auth/session_token.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::sts {
namespace {

constexpr std::size_t kMaxPlainText = 2048;

// In the words for what is too large: the tags, or the policies (data-formats section 15).
api::ApiError TooLarge(int percent, bool by_tags) {
  const std::string share = std::to_string(percent) + "% of allotted space";
  return api::sts::PackedPolicyTooLarge(by_tags ? "Packed size of session tags consumes " + share + "."
                                                : "Packed policy consumes " + share +
                                                      ", please use smaller policy.");
}

// Which of the two takes more room.
bool TagsAreLarger(const auth::Session& session) {
  std::size_t policies = session.session_policy.size();
  for (const std::string& arn : session.session_policy_arns) policies += arn.size();
  std::size_t tags = 0;
  for (const auth::SessionTag& tag : session.tags) tags += tag.key.size() + tag.value.size();
  return tags > policies;
}

}  // namespace

ApiResult<void> ReadSessionPolicies(const snapshot::AccountState& account,
                                    const std::optional<std::string>& policy,
                                    const std::optional<std::vector<api::sts::PolicyDescriptorType>>& arns,
                                    auth::Session& session) {
  std::size_t plain = 0;
  if (policy) {
    const policy::ParseOutcome outcome = policy::ParseDocument(*policy, policy::DocumentKind::kSession);
    if (outcome.error) return api::sts::MalformedPolicyDocument(outcome.error->message);
    session.session_policy = *policy;
    plain += base::CountCharacters(*policy);
  }
  for (const api::sts::PolicyDescriptorType& descriptor :
       arns.value_or(std::vector<api::sts::PolicyDescriptorType>())) {
    if (!descriptor.arn) continue;
    const std::string& arn = *descriptor.arn;
    if (!entity::SplitArn(arn)) return api::ValidationError(arn + " is invalid");
    if (account.FindPolicyByArn(arn) == nullptr && !catalog::FindManagedPolicy(arn)) {
      return api::InvalidParameterValue("Policy " + arn + " does not exist or is not attachable.");
    }
    session.session_policy_arns.push_back(arn);
    plain += arn.size();
  }
  if (session.session_policy_arns.size() > 10) {
    return api::ValidationError("A session can have at most 10 managed session policies.");
  }
  if (plain > kMaxPlainText)
    return TooLarge(static_cast<int>((plain * 100 + kMaxPlainText - 1) / kMaxPlainText), false);
  return {};
}

ApiResult<std::vector<auth::SessionTag>> ReadSessionTags(
    const std::optional<std::vector<api::sts::Tag>>& tags) {
  std::vector<auth::SessionTag> read;
  for (const api::sts::Tag& tag : tags.value_or(std::vector<api::sts::Tag>())) {
    if (base::AsciiLower(tag.key->substr(0, 4)) == "aws:") {
      return api::InvalidParameterValue("Tag keys that start with the reserved prefix aws: cannot be used.");
    }
    const bool repeated = std::any_of(read.begin(), read.end(), [&](const auth::SessionTag& other) {
      return base::EqualsIgnoreAsciiCase(other.key, *tag.key);
    });
    if (repeated) {
      return api::InvalidParameterValue(
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    read.push_back({*tag.key, tag.value.value_or("")});
  }
  return read;
}

const auth::Session* CallingSession(const pipeline::OperationContext& context) {
  return context.caller.session ? &*context.caller.session : nullptr;
}

auth::Issue IssueNow(const pipeline::OperationContext& context, int32_t seconds) {
  return {context.now, std::chrono::seconds(seconds), context.services.rng};
}

ApiResult<IssuedCredentials> IssueCredentials(const pipeline::OperationContext& context,
                                              const base::Result<auth::IssuedSession>& made,
                                              const std::optional<int32_t>& minimum_token_size) {
  if (!made) return api::AccessDenied(made.error().message);
  const pipeline::Services& services = context.services;
  const auth::Session& session = made->session();
  const int percent = auth::PackedSizePercent(session);
  auto token = services.keys.session_tokens.Seal(
      *made, static_cast<std::size_t>(std::max(minimum_token_size.value_or(0), 0)));
  if (!token) return TooLarge(std::max(percent, 101), TagsAreLarger(session));
  IssuedCredentials issued;
  issued.token_size = static_cast<int32_t>(token->size());
  issued.token_utilization = static_cast<int32_t>((token->size() * 100 + auth::kMaxSessionTokenSize - 1) /
                                                  auth::kMaxSessionTokenSize);
  if (percent > 0) issued.packed_policy_size = percent;
  issued.credentials = {.access_key_id = session.access_key_id,
                        .secret_access_key = std::string(session.secret.Reveal()),
                        .session_token = std::move(token).value(),
                        .expiration = session.expires_at};
  return issued;
}

}  // namespace wardkeep::service::sts
