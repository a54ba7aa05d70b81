#include "pipeline/global_keys.h"

#include <algorithm>
#include <string>

#include "base/time_text.h"

namespace wardkeep::pipeline {
namespace {

using entity::TagKeyCase;

// Session tags override tags of the role or user with the same key, ignoring case.
entity::Tags PrincipalTags(const CallerIdentity& caller) {
  entity::Tags tags;
  if (caller.role != nullptr) tags = caller.role->tags;
  if (caller.role == nullptr && caller.user != nullptr) tags = caller.user->tags;
  if (caller.session) {
    entity::Tags session_tags;
    for (const auth::SessionTag& tag : caller.session->tags) session_tags.emplace_back(tag.key, tag.value);
    entity::MergeTags(tags, session_tags, TagKeyCase::kFolded);
  }
  return tags;
}

// A one-time code in the request itself counts for its own authorisation: the trust policy of AssumeRole.
void SetMfaKeys(const CallerIdentity& caller, base::Instant now, policy::RequestContext& context) {
  std::optional<base::Instant> at = caller.mfa_at;
  if (!at && caller.session) {
    const auth::Session& session = *caller.session;
    // Web identity and SAML sessions have no MFA key at all; sessions begun with MFA through AssumeRole carry
    // false (policy-semantics 5.3, section 8 row 18).
    if (session.kind == auth::SessionKind::kWebIdentity || session.kind == auth::SessionKind::kSaml) return;
    if (session.kind == auth::SessionKind::kSessionToken && session.mfa_authenticated) at = session.mfa_at;
  }
  if (!at && !caller.session) return;  // long-term credentials
  context.Set("aws:MultiFactorAuthPresent", at ? "true" : "false");
  if (!at) return;
  const int64_t age = base::ToUnixSeconds(now) - base::ToUnixSeconds(*at);
  context.Set("aws:MultiFactorAuthAge", std::to_string(std::max<int64_t>(age, 0)));
}

void SetSessionKeys(const CallerIdentity& caller, policy::RequestContext& context) {
  if (!caller.session) return;
  const auth::Session& session = *caller.session;
  context.Set("aws:TokenIssueTime", base::FormatIso8601(session.issued_at));
  if (!session.source_identity.empty()) context.Set("aws:SourceIdentity", session.source_identity);
  if (!session.federated_provider.empty()) context.Set("aws:FederatedProvider", session.federated_provider);
  if (session.kind == auth::SessionKind::kAssumedRoot) context.Set("aws:AssumedRoot", "true");
}

}  // namespace

policy::RequestContext GlobalKeys(const RequestFacts& facts, const CallerIdentity& caller) {
  const base::HttpRequest& http = facts.http;
  policy::RequestContext context;
  policy::FillPrincipalKeys(caller.principal, PrincipalTags(caller), context);
  context.Set("aws:userid", caller.user_id);
  context.Set("aws:CurrentTime", base::FormatIso8601(facts.now));
  context.Set("aws:EpochTime", std::to_string(base::ToUnixSeconds(facts.now)));
  context.Set("aws:SecureTransport", http.secure ? "true" : "false");
  context.Set("aws:RequestedRegion", facts.service == "sts" ? std::string(facts.region) : "us-east-1");
  context.Set("aws:ViaAWSService", "false");
  if (!http.peer_address.empty()) context.Set("aws:SourceIp", http.peer_address);
  if (const std::string* agent = http.Header("user-agent")) context.Set("aws:UserAgent", *agent);
  if (const std::string* referer = http.Header("referer")) context.Set("aws:referer", *referer);
  SetSessionKeys(caller, context);
  SetMfaKeys(caller, facts.now, context);
  return context;
}

}  // namespace wardkeep::pipeline
