// The words of generated policies and requests. Few and alike, so that statements really match: accounts,
// principals, actions and resources that share prefixes, values that differ by one rule of comparison.
#pragma once

#include <span>
#include <string_view>

#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::differential {

using Words = std::span<const std::string_view>;

// One kind of resource and what goes with it.
struct Theme {
  Words actions;
  Words resources;
  Words action_patterns;
  Words resource_patterns;
};
std::span<const Theme> Themes();
inline constexpr std::size_t kTrustTheme =
    3;  // index of the theme whose resource policies are trust policies

// Callers of every kind, in two accounts.
std::span<const policy::Principal> Callers();
// "AWS" principals: those of the callers, their accounts, and others.
Words AwsPrincipals();
Words ServicePrincipals();
Words FederatedPrincipals();
std::string_view CanonicalUser();

// What the values of a condition look like.
enum class ValueKind { kText, kNumber, kDate, kFlag, kBytes, kAddress, kArn, kCount };
Words KeysOf(ValueKind kind);
Words ContextValuesOf(ValueKind kind);
Words PolicyValuesOf(ValueKind kind);
ValueKind KindOf(policy::ConditionOperator op);
Words NullValues();

}  // namespace wardkeep::differential
