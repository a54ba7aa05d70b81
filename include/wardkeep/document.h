// The parsed form of a policy document: what the parser makes, and what the compiler, the printer, the linter
// and the executable specification read. Plain values, immutable once parsed, safe to share between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::policy {

// Which save-time rules a document obeys (policy-semantics 1.5).
enum class DocumentKind : uint8_t {
  kIdentity,             // managed and inline identity-based policies
  kPermissionsBoundary,  // same grammar as kIdentity
  kSession,              // Policy parameter of STS
  kTrust,                // role trust policy
  kResource,             // any other resource-based policy
  kServiceControl,
  kResourceControl,
  kEndpoint,  // VPC endpoint policy
};

enum class LanguageVersion : uint8_t { k2008, k2012 };

enum class Effect : uint8_t { kDeny, kAllow };

// 1-based position in the document text; columns count bytes of the line.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};

enum class PrincipalType : uint8_t {
  kAny,  // "*" or {"AWS": "*"}
  kAws,  // account id, ARN or unique id
  kService,
  kFederated,
  kCanonicalUser,
};

struct PrincipalEntry {
  PrincipalType type = PrincipalType::kAws;
  std::string value;  // as written, except kAny, which has none
};

enum class SetQualifier : uint8_t { kNone, kForAllValues, kForAnyValue };

// The base operators; every fact about one (negated, value type, ...) is its row in
// policy/condition/operators.h.
enum class ConditionOperator : uint8_t {
  kStringEquals,
  kStringNotEquals,
  kStringEqualsIgnoreCase,
  kStringNotEqualsIgnoreCase,
  kStringLike,
  kStringNotLike,
  kNumericEquals,
  kNumericNotEquals,
  kNumericLessThan,
  kNumericLessThanEquals,
  kNumericGreaterThan,
  kNumericGreaterThanEquals,
  kDateEquals,
  kDateNotEquals,
  kDateLessThan,
  kDateLessThanEquals,
  kDateGreaterThan,
  kDateGreaterThanEquals,
  kBool,
  kBinaryEquals,
  kIpAddress,
  kNotIpAddress,
  kArnEquals,
  kArnNotEquals,
  kArnLike,
  kArnNotLike,
  kNull,
};

// One "operator: {key: values}" entry. A block with several keys gives several tests, all of which must hold.
struct ConditionTest {
  ConditionOperator op = ConditionOperator::kStringEquals;
  SetQualifier qualifier = SetQualifier::kNone;
  bool if_exists = false;
  std::string key;                  // as written; compared ignoring ASCII case
  std::vector<std::string> values;  // text form: true -> "true", 5 -> "5"; null members are dropped
};

struct Statement {
  Effect effect = Effect::kDeny;
  std::string sid;
  bool has_principal = false;  // Principal or NotPrincipal is present
  bool not_principal = false;
  std::vector<PrincipalEntry> principals;
  bool not_action = false;
  std::vector<std::string> actions;  // as written
  bool has_resource = false;         // Resource or NotResource is present; trust policies have none
  bool not_resource = false;
  std::vector<std::string> resources;  // as written
  // A document may hold both Action and NotAction lists only by mistake; the parser refuses that. It may hold
  // an empty Condition, which is no condition.
  std::vector<ConditionTest> conditions;
  Position start;  // of the opening brace
  Position end;    // one past the closing brace
};

struct Document {
  DocumentKind kind = DocumentKind::kIdentity;
  LanguageVersion version = LanguageVersion::k2008;
  std::optional<std::string> id;
  std::vector<Statement> statements;
};

}  // namespace wardkeep::policy
