// Nothing given allows nothing: with every kind of policy absent or empty, only the two rules that need no
// statement allow (the root user in its own account, sts:GetCallerIdentity), and they say so.
#include <gtest/gtest.h>

#include <string>

#include "differential/vocabulary.h"
#include "policy_case/difference.h"
#include "policy_case/parsed_case.h"

namespace wardkeep::differential {
namespace {

using policy::Basis;
using policy::PrincipalKind;
using policy::Verdict;

// Bit i of `shape` set: layer i is there, and empty.
policy_case::Layers<policy_case::SourceText> EmptyLayers(unsigned shape) {
  policy_case::Layers<policy_case::SourceText> layers;
  const std::vector<policy_case::SourceText> nothing;
  if ((shape & 1U) != 0) layers.permissions_boundary = nothing;
  if ((shape & 2U) != 0) layers.session = nothing;
  if ((shape & 4U) != 0) layers.endpoint = nothing;
  if ((shape & 8U) != 0) layers.service_control = {nothing};
  if ((shape & 16U) != 0) layers.resource_control = {nothing};
  if ((shape & 32U) != 0) {  // a policy that names nobody the requests come from
    layers.resource = {
        policy::DocumentKind::kResource,
        R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"999900001111"},"Action":"*","Resource":"*"}})"};
  }
  return layers;
}
constexpr unsigned kShapes = 64;
constexpr unsigned kLimiting = 2 | 4 | 8 | 16;  // what limits root when it is there and empty

void ExpectNoGrant(const policy::Request& request, unsigned shape, const policy::Decision& decision) {
  const std::string what = request.principal.arn + " " + request.action + " on " + request.resource +
                           ", shape " + std::to_string(shape) + ": " + policy_case::Describe(decision);
  EXPECT_FALSE(decision.statement.has_value()) << what;
  if (decision.allowed()) {
    const bool root = decision.basis == Basis::kRootUser && request.principal.kind == PrincipalKind::kRoot &&
                      (shape & kLimiting) == 0 && !request.principal.is_assumed_root;
    const bool undeniable = decision.basis == Basis::kUndeniable && request.action == "sts:GetCallerIdentity";
    EXPECT_TRUE(root || undeniable) << what;
    return;
  }
  EXPECT_EQ(decision.verdict, Verdict::kImplicitDeny) << what;
  EXPECT_EQ(decision.basis == Basis::kBuiltInDeny, decision.missing_layers.empty()) << what;
}

TEST(EmptyInputs, AllowNothingButTheTwoRules) {
  int as_root = 0;
  for (unsigned shape = 0; shape < kShapes; ++shape) {
    std::string refusal;
    const auto layers = policy_case::ParsedLayers::Make(EmptyLayers(shape), &refusal);
    ASSERT_NE(layers, nullptr) << refusal;
    for (const Theme& theme : Themes()) {
      for (const policy::Principal& caller : Callers()) {
        for (const std::string_view action : theme.actions) {
          policy::Request request;
          request.principal = caller;
          request.action = action;
          request.resource = theme.resources.front();
          const policy::Decision decision = policy::Evaluate(request, layers->policies());
          ExpectNoGrant(request, shape, decision);
          if (decision.basis == Basis::kRootUser) ++as_root;
          const policy::spec::Answer answer = policy::spec::Decide(request, layers->documents());
          EXPECT_EQ(policy_case::Difference(request, *layers, answer), "");
        }
      }
    }
  }
  EXPECT_GT(as_root, 0);
}

TEST(EmptyInputs, ARequestWithoutAnythingIsDenied) {
  for (int kind = 0; kind <= static_cast<int>(PrincipalKind::kFederated); ++kind) {
    for (const char* resource : {"", "*", ":::::", "arn:aws:s3:::b"}) {
      for (const char* action : {"", "*", ":", "s3:GetObject", "sts:AssumeRole"}) {
        policy::Request request;
        request.principal.kind = static_cast<PrincipalKind>(kind);
        request.resource = resource;
        request.action = action;
        const policy::Decision decision = policy::Evaluate(request, policy::PolicySet());
        EXPECT_EQ(decision.verdict, Verdict::kImplicitDeny) << kind << resource << action;
        EXPECT_FALSE(decision.statement.has_value());
        EXPECT_EQ(decision, policy::spec::Decide(request, {}).decision) << kind << resource << action;
      }
    }
  }
}

}  // namespace
}  // namespace wardkeep::differential
