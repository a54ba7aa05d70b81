// Authorizer: asks the policy library on behalf of one request. Built by the pipeline; gathers
// the caller's policies when it is first asked; handlers use it for checks beyond the row of their operation.
// Not thread-safe; lives as long as the request.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/api_error.h"
#include "base/result.h"
#include "pipeline/applicable_policies.h"
#include "pipeline/caller_identity.h"
#include "pipeline/global_keys.h"
#include "pipeline/services.h"
#include "wardkeep/decision.h"
#include "wardkeep/request.h"

namespace wardkeep::pipeline {

// One question. `context` holds what belongs to this question only (iam:PolicyARN, aws:ResourceTag/*, ...).
struct AccessQuestion {
  std::string action;            // "iam:CreateUser"
  std::string resource = "*";    // ARN, or "*"
  std::string shown_resource;    // how the denial names it ("user bob"); empty: as `resource`
  std::string resource_account;  // empty: the account in the ARN, else the caller's
  const policy::CompiledPolicy* resource_policy = nullptr;  // trust policy of a role
  bool wildcard_only = false;                               // the action has no resource type
  std::vector<std::pair<std::string, std::string>> keys;
  std::vector<std::pair<std::string, std::vector<std::string>>> multi_keys;
};

class Authorizer {
 public:
  Authorizer(const Services& services, const CallerIdentity& caller, const RequestFacts& facts);

  // False when a policy of the caller could not be read: then nothing is allowed, and what it may deny is not
  // known.
  bool policies_complete() const { return Gather().policies.complete(); }
  policy::Decision Decide(const AccessQuestion& question) const;
  const RequestFacts& facts() const { return facts_; }

  // Success, or AccessDenied with AWS's text, which names the kind of policy that refused.
  base::Result<void, api::ApiError> Require(const AccessQuestion& question) const;

 private:
  // What all questions of a request share; gathered for the first, as some operations ask none.
  struct Gathered {
    std::optional<policy::RequestContext> global_keys;  // see RequestKeys
    ApplicablePolicies policies;
  };
  const Gathered& Gather() const;
  // The keys of the request as a whole (aws:SourceIp, aws:CurrentTime, ...); made when a policy first asks.
  const policy::RequestContext& RequestKeys() const;
  policy::Request MakeRequest(const AccessQuestion& question, bool with_context) const;
  api::ApiError Refusal(const AccessQuestion& question, const policy::Decision& decision) const;

  const Services& services_;
  const CallerIdentity& caller_;
  const RequestFacts facts_;
  mutable std::unique_ptr<Gathered> gathered_;
};

}  // namespace wardkeep::pipeline
