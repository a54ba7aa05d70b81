// The evaluator: a pure function of a request and compiled policies. No clock, no I/O, no locks, no logging,
// no allocation on the path without an Explanation. Time is linear in policies and input for every pattern.
//
//   auto policy = Compile(document);                       // once, shared by all threads
//   PolicySet set; set.identity = refs;
//   Decision decision = Evaluate(request, set);
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wardkeep/decision.h"
#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {

// A policy ready for evaluation. Immutable, owns all its text, safe to share between threads.
class CompiledPolicy {
 public:
  virtual ~CompiledPolicy() = default;
  // Condition keys tested or used as variables, lower case, sorted, each once.
  virtual std::span<const std::string> context_keys() const = 0;
  virtual std::size_t statement_count() const = 0;
  virtual std::string_view sid(uint32_t statement) const = 0;
  virtual Position start(uint32_t statement) const = 0;
  virtual Position end(uint32_t statement) const = 0;
};
using PolicyPtr = std::shared_ptr<const CompiledPolicy>;

PolicyPtr Compile(const Document& document);

// The statements of several policies merged and indexed, so that a decision does not have to ask each of
// them. Worth making where the same policies decide often; it never changes a decision or its reasons.
// Immutable, safe to share between threads. Points into the policies, which must outlive it.
class PolicyIndex {
 public:
  virtual ~PolicyIndex() = default;
  virtual std::span<const CompiledPolicy* const> policies() const = 0;
  virtual std::size_t bytes() const = 0;  // of memory, beside the policies
};
using PolicyIndexPtr = std::shared_ptr<const PolicyIndex>;

// `known_actions`, in lower case and sorted, are settled beforehand where a policy has stars inside the name
// of an action
// ("s3:*Object"): they cost memory and save matching. A decision never depends on what is known.
PolicyIndexPtr MakeIndex(std::span<const CompiledPolicy* const> policies,
                         std::span<const std::string_view> known_actions = {});

class LevelsIndex;

// All policies that bear on one request. Views only: what they point at must outlive the call.
struct PolicySet {
  using Policies = std::span<const CompiledPolicy* const>;
  struct Level {  // one entity of an organization: root, unit or account
    Policies policies;
    const PolicyIndex* index = nullptr;  // as in Indexes
  };
  // The indexes of layers; null: none. One is used only for a layer that views its policies() (for
  // `resource`: is the one policy in them), so that it cannot stand for other policies than those of the
  // layer.
  struct Indexes {
    const PolicyIndex* identity = nullptr;
    const PolicyIndex* permissions_boundary = nullptr;
    const PolicyIndex* session = nullptr;
    const PolicyIndex* resource = nullptr;
    const PolicyIndex* endpoint = nullptr;
    // Of all levels at once, for a layer that views its levels(). Wins over the indexes of single levels.
    const LevelsIndex* service_control = nullptr;
    const LevelsIndex* resource_control = nullptr;
  };

  Policies identity;                                       // empty is the same as absent
  std::optional<Policies> permissions_boundary;            // present and empty: applies and allows nothing
  std::optional<Policies> session;                         // likewise
  const CompiledPolicy* resource = nullptr;                // for sts:AssumeRole* on a role: its trust policy
  std::optional<std::span<const Level>> service_control;   // root first, account last
  std::optional<std::span<const Level>> resource_control;  // likewise
  std::optional<Policies> endpoint;
  Indexes indexes;
};

// The statements of all levels of an organization, of one kind of control policy, merged and indexed: one
// search instead of one for each level. As PolicyIndex otherwise. More than 64 levels are decided without it.
class LevelsIndex {
 public:
  virtual ~LevelsIndex() = default;
  virtual std::span<const PolicySet::Level> levels() const = 0;
  virtual std::size_t bytes() const = 0;  // of memory, beside the policies
};
using LevelsIndexPtr = std::shared_ptr<const LevelsIndex>;

LevelsIndexPtr MakeLevelsIndex(std::span<const PolicySet::Level> levels,
                               std::span<const std::string_view> known_actions = {});

// Decides. With `explanation`, also collects every statement that matched; the decision is the same.
Decision Evaluate(const Request& request, const PolicySet& policies, Explanation* explanation = nullptr);

// True for the STS actions that are authorised against a role's trust policy (policy-semantics 4.6).
bool IsTrustAction(std::string_view action);

}  // namespace wardkeep::policy
