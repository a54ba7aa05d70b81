// A finding is printed as a line of the evaluate format. Read again, the line is the same case.
#include <gtest/gtest.h>

#include "differential/run.h"
#include "json/parse.h"
#include "policy_case/difference.h"

namespace wardkeep::differential {
namespace {

// The format tells a root session from the root user by its task policy, and a trust policy by the request.
bool CanBeWritten(const policy::Request& request, const Scenario& scenario) {
  const bool root = request.principal.kind == policy::PrincipalKind::kRoot;
  if (root && request.principal.is_assumed_root != scenario.layers.session.has_value()) return false;
  if (request.principal.is_narrowed) return false;
  const bool role = request.resource.find(":role/") != std::string::npos;
  const bool trust = policy::IsTrustAction(request.action) && role;
  return !scenario.layers.resource ||
         trust == (scenario.layers.resource->kind == policy::DocumentKind::kTrust);
}

TEST(DumpedCase, IsDecidedAlikeWhenReadAgain) {
  int compared = 0;
  for (uint64_t number = 0; number < 200; ++number) {
    const std::vector<uint8_t> bytes = SeededBytes(4, number);
    ByteSource source(bytes);
    const Scenario scenario = Generate(source);
    std::string refusal;
    const auto layers = policy_case::ParsedLayers::Make(scenario.layers, &refusal);
    ASSERT_NE(layers, nullptr) << refusal;
    for (const policy::Request& request : scenario.requests) {
      if (!CanBeWritten(request, scenario)) continue;
      const std::string line = policy_case::WriteCase({request, scenario.layers}, "again");
      const auto value = json::Parse(line);
      ASSERT_TRUE(value.has_value()) << line;
      const policy_case::TextCase again = policy_case::ReadCase(*value, line);
      const auto again_layers = policy_case::ParsedLayers::Make(again.layers, &refusal);
      ASSERT_NE(again_layers, nullptr) << refusal;
      // The evaluator on what was read, against the specification on what was generated.
      const policy::spec::Answer answer = policy::spec::Decide(request, layers->documents());
      EXPECT_EQ(policy_case::Difference(again.request, *again_layers, answer), "") << line;
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000);
}

}  // namespace
}  // namespace wardkeep::differential
