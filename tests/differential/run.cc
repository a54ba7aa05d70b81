#include "differential/run.h"

#include "policy_case/difference.h"

namespace wardkeep::differential {
namespace {

constexpr std::size_t kBytesForDocuments = 1536;
constexpr std::size_t kBytesForRequest = 192;

uint64_t NextRandom(uint64_t& state) {  // splitmix64
  state += 0x9E3779B97F4A7C15U;
  uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

// No path yields an Allow without naming the statement, or the rule, that allowed (ARCHITECTURE.md).
std::string Unreasoned(const policy::Decision& decision, const policy::spec::Documents& documents) {
  using policy::Basis;
  const bool by_statement = decision.basis == Basis::kStatement;
  if (by_statement != decision.statement.has_value()) return "statement and basis disagree";
  if (decision.allowed()) {
    const bool named =
        by_statement || decision.basis == Basis::kRootUser || decision.basis == Basis::kUndeniable;
    if (!named) return "an allow without a reason";
    if (!decision.missing_layers.empty()) return "an allow with missing layers";
    const bool identity = by_statement && decision.statement->type == policy::PolicyType::kIdentity;
    if (identity && documents.identity.empty()) return "an allow by an identity policy that is not there";
    return "";
  }
  const bool explicit_deny = decision.verdict == policy::Verdict::kExplicitDeny;
  if (explicit_deny != by_statement) return "a deny and its basis disagree";
  const bool needs_layers = decision.basis == Basis::kNone;
  if (needs_layers == decision.missing_layers.empty()) return "an implicit deny without missing layers";
  return "";
}

}  // namespace

std::vector<uint8_t> SeededBytes(uint64_t seed, uint64_t number, std::size_t requests) {
  uint64_t state = seed;
  state = NextRandom(state) + number * 0xD1342543DE82EF95U;
  std::vector<uint8_t> bytes(kBytesForDocuments + requests * kBytesForRequest);
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    const uint64_t word = NextRandom(state);
    for (std::size_t k = 0; k < 8; ++k) bytes[i + k] = static_cast<uint8_t>(word >> (8 * k));
  }
  return bytes;
}

std::vector<Finding> RunScenario(std::span<const uint8_t> bytes, const Knobs& knobs, OutcomeCounts& counts) {
  ByteSource source(bytes);
  const Scenario scenario = Generate(source, knobs);
  ++counts.scenarios;
  std::string refusal;
  const auto layers = policy_case::ParsedLayers::Make(scenario.layers, &refusal);
  std::vector<Finding> findings;
  if (layers == nullptr) {
    ++counts.refused;
    return findings;
  }
  for (std::size_t i = 0; i < scenario.requests.size(); ++i) {
    const policy::Request& request = scenario.requests[i];
    const policy::spec::Answer answer = policy::spec::Decide(request, layers->documents());
    counts.CountDecision(request, answer);
    if (i == 0) counts.CountConditions(request, layers->documents());
    std::string what = policy_case::Difference(request, *layers, answer);
    if (what.empty()) what = Unreasoned(policy::Evaluate(request, layers->policies()), layers->documents());
    if (!what.empty())
      findings.push_back({what, policy_case::WriteCase({request, scenario.layers}, "found")});
  }
  return findings;
}

}  // namespace wardkeep::differential
