// Principal and NotPrincipal (policy-semantics 2.3, 4.9). A caller presents several identities; which of them
// a statement names decides which other policies limit its grant, so a match is a set of kinds, not a
// boolean.
#pragma once

#include <bit>
#include <span>
#include <string_view>

#include "policy/compile/arena.h"
#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {

enum class MatchKind : uint8_t {
  kStar,           // "*"
  kAccount,        // the account: delegation to its identity policies
  kUser,           // the user, or the user behind a federated session
  kRole,           // the role of a session
  kSession,        // exactly this role session
  kFederatedUser,  // exactly this GetFederationToken session
  kService,
  kProvider,  // the identity provider behind an AssumeRoleWith* call
};
inline constexpr std::size_t kMatchKindCount = 8;

class MatchKinds {
 public:
  constexpr MatchKinds() = default;
  template <typename... Kinds>
  static constexpr MatchKinds Of(Kinds... kinds) {
    MatchKinds set;
    (set.Add(kinds), ...);
    return set;
  }
  constexpr void Add(MatchKind kind) {
    bits_ = static_cast<uint8_t>(bits_ | 1U << static_cast<unsigned>(kind));
  }
  constexpr void Add(MatchKinds other) { bits_ = static_cast<uint8_t>(bits_ | other.bits_); }
  constexpr bool Has(MatchKind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0; }
  constexpr bool HasAny(MatchKinds other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool HasAll(MatchKinds other) const { return (bits_ & other.bits_) == other.bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr MatchKinds Common(MatchKinds other) const {
    MatchKinds set;
    set.bits_ = bits_ & other.bits_;
    return set;
  }
  // Calls `visit(kind)` for each, in the order of MatchKind.
  template <typename Visit>
  constexpr void ForEach(Visit visit) const {
    for (unsigned bits = bits_; bits != 0; bits &= bits - 1) {
      visit(static_cast<MatchKind>(std::countr_zero(bits)));
    }
  }

 private:
  uint8_t bits_ = 0;
};

// One listed principal, read once.
struct PrincipalPattern {
  enum class Form : uint8_t {
    kAny,
    kAccount,
    kUserArn,
    kRoleArn,
    kSessionArn,
    kFederatedArn,
    kUniqueId,
    kService,
    kProvider,
    kNever
  };
  Form form = Form::kNever;
  std::string_view value;  // 12 digits, an ARN, an id, a service or a provider
};

PrincipalPattern MakePrincipalPattern(const PrincipalEntry& entry, Arena& arena);

// The kinds in which the listed principals name the caller; empty if they do not.
MatchKinds MatchPrincipals(std::span<const PrincipalPattern> listed, const Principal& caller);

// Whether NotPrincipal leaves the caller out: every identity of its chain (account, user or role, session)
// must be listed. UNKNOWN: the docs say "might"; 8 row 16 chooses all (corpus: notprincipal-*).
bool IsExempt(std::span<const PrincipalPattern> listed, const Principal& caller);

}  // namespace wardkeep::policy
