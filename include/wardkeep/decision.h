// What the evaluator answers. A decision is data: the verdict and why. Text is made from it elsewhere
// (explain.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wardkeep/document.h"

namespace wardkeep::policy {

enum class Verdict : uint8_t { kImplicitDeny, kExplicitDeny, kAllowed };

enum class PolicyType : uint8_t {
  kIdentity,
  kResource,  // role trust policies included
  kPermissionsBoundary,
  kSession,
  kServiceControl,
  kResourceControl,
  kEndpoint,
};
inline constexpr int kPolicyTypeCount = 7;

// "identity", "permissionsBoundary", ...: the names of the evaluate format.
std::string_view PolicyTypeName(PolicyType type);

// A set of policy types as bits.
class PolicyTypeSet {
 public:
  void Add(PolicyType type) { bits_ = static_cast<uint8_t>(bits_ | 1U << static_cast<unsigned>(type)); }
  bool Has(PolicyType type) const { return (bits_ >> static_cast<unsigned>(type) & 1U) != 0; }
  bool empty() const { return bits_ == 0; }
  uint8_t bits() const { return bits_; }
  friend bool operator==(PolicyTypeSet, PolicyTypeSet) = default;

 private:
  uint8_t bits_ = 0;
};

// Names a statement: the policy's index within its type (service and resource control policies are numbered
// through all levels, root first) and the statement's index within the policy.
struct StatementRef {
  PolicyType type = PolicyType::kIdentity;
  uint32_t policy = 0;
  uint32_t statement = 0;
  friend bool operator==(const StatementRef&, const StatementRef&) = default;
};

// Why a request is allowed or refused when no single statement says so.
enum class Basis : uint8_t {
  kNone,         // implicit deny: see Decision::missing_layers
  kStatement,    // Decision::statement decided
  kRootUser,     // the root user of the resource's account, not limited by any policy
  kUndeniable,   // sts:GetCallerIdentity
  kBuiltInDeny,  // a rule of the service that no policy can lift, such as a root user assuming a role
};

// Which statement and layers a decision names is fixed, so that every evaluator names the same ones.
//  - Layers are walked in the order service control, resource control, endpoint, resource, identity,
//  permissions
//    boundary, session; within a layer policies and statements in their order. Layers that do not bind the
//    caller (policy-semantics 4.1, 4.3, 4.8) are not walked.
//  - An explicit deny names the first Deny that applies, in that order.
//  - An allow names the statement that granted: a statement of the resource policy that needs no identity
//  policy
//    beside it (the user, the session, "*", and every grant to callers outside IAM and to root of another
//    account); else the first Allow of the identity policies; else, in the same account, the first Allow of
//    the resource policy that stands in for them (the role of a session, the user of a federated session).
//  - An implicit deny names every layer that would have had to allow and did not. Where the resource policy
//  must name
//    the caller or its account (role trust, keys) and does not, it is that layer and the identity policies
//    are not.
struct Decision {
  Verdict verdict = Verdict::kImplicitDeny;
  Basis basis = Basis::kNone;
  std::optional<StatementRef> statement;
  // For an implicit deny: the kinds of policy that would have had to allow and did not.
  PolicyTypeSet missing_layers;

  bool allowed() const { return verdict == Verdict::kAllowed; }
  friend bool operator==(const Decision&, const Decision&) = default;
};

struct MatchedStatement {
  StatementRef ref;
  Effect effect = Effect::kDeny;
};

// Collected only on request; see Evaluate. A missing key is absent from the context and asked for by a
// statement whose principal and action match: as a variable without default in its resources or, when the
// resource matches too, as the tested key or a variable without default of a condition.
struct Explanation {
  std::vector<MatchedStatement> matched;          // in the order above
  std::vector<std::string> missing_context_keys;  // as first written, sorted by bytes, each once
};

}  // namespace wardkeep::policy
