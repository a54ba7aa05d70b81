// What the evaluator needs to know about a request and works out once: the action in lower case, the resource
// cut into components, and the rules that follow from them. Views into the question's parts, which must
// outlive it. Allocates nothing for actions of up to 128 bytes.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "policy/match/arn_text.h"
#include "wardkeep/batch.h"

namespace wardkeep::policy {

class RequestFacts {
 public:
  explicit RequestFacts(const Question& question);
  RequestFacts(const RequestFacts&) = delete;
  RequestFacts& operator=(const RequestFacts&) = delete;

  const RequestContext& context() const { return *question_.context; }
  const Principal& principal() const { return *question_.principal; }
  std::string_view action() const { return action_; }  // lower case
  const ArnText& resource() const { return resource_; }

  // The caller has a permissions boundary. Service-linked roles take none (policy-semantics 4.10), and
  // neither do callers that are no IAM entity.
  bool has_boundary() const { return has_boundary_; }
  bool is_same_account() const { return is_same_account_; }
  // Authorised against the trust policy of a role (4.6).
  bool is_trust() const { return is_trust_; }
  // The resource policy must allow, or hand the decision to its account (4.6, 4.7).
  bool resource_policy_is_mandatory() const { return is_trust_ || is_key_; }

 private:
  const Question& question_;
  std::array<char, 128> short_action_;
  std::string long_action_;
  std::string_view action_;
  ArnText resource_;
  bool has_boundary_ = false;
  bool is_same_account_ = false;
  bool is_trust_ = false;
  bool is_key_ = false;
};

// True for an ARN of an IAM role.
bool IsRoleArn(const ArnText& resource);

}  // namespace wardkeep::policy
