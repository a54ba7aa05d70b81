// What a differential run has met, so that a generator that no longer reaches part of the language fails the
// test.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "policy_case/parsed_case.h"

namespace wardkeep::differential {

struct OutcomeCounts {
  static constexpr std::size_t kOperators = 27;
  static constexpr std::size_t kTypes = policy::kPolicyTypeCount;

  uint64_t cases = 0;
  uint64_t scenarios = 0;
  uint64_t refused = 0;  // scenarios with a document that cannot be saved
  std::array<uint64_t, 3> verdicts{};
  std::array<uint64_t, 5> bases{};
  std::array<uint64_t, kTypes> allowed_by{};
  std::array<uint64_t, kTypes> denied_by{};
  std::array<uint64_t, kTypes> missing{};
  std::array<uint64_t, 7> allowed_callers{};                    // by PrincipalKind
  std::array<std::array<uint64_t, 2>, kOperators> operators{};  // tests that failed, that held
  std::array<std::array<uint64_t, 2>, 3> qualifiers{};
  uint64_t keys_missing = 0;
  // Tests of conditions whose key is in the request:
  std::array<uint64_t, 3>
      plain_on_set{};  // without a set qualifier, on a multi-valued key of 0, 1, more values
  std::array<uint64_t, 8> unreadable{};  // policy values, by policy::ValueType
  uint64_t no_arn_in_deny = 0;
  uint64_t beyond_ascii_values = 0;
  uint64_t empty_texts = 0;
  uint64_t old_control_policies = 0;

  void CountDecision(const policy::Request& request, const policy::spec::Answer& answer);
  void CountConditions(const policy::Request& request, const policy::spec::Documents& asked);
  void CountKinds(const policy::Request& request, const policy::Statement& statement,
                  const policy::ConditionTest& test);
  void Add(const OutcomeCounts& other);
  // What was met too rarely for a run of this many cases, in words.
  std::vector<std::string> Gaps() const;
  std::string ToText() const;
};

}  // namespace wardkeep::differential
