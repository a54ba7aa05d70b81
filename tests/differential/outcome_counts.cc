#include "differential/outcome_counts.h"

#include <algorithm>
#include <numeric>

#include "policy/condition/operators.h"
#include "policy/parse/condition_format.h"
#include "spec/condition.h"

namespace wardkeep::differential {
namespace {

using policy::PolicyType;
using policy::Verdict;

template <typename T>
std::size_t Index(T value) {
  return static_cast<std::size_t>(value);
}

template <typename Array>
void AddArray(Array& to, const Array& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

std::string TypeName(std::size_t index) {
  return std::string(policy::PolicyTypeName(static_cast<PolicyType>(index)));
}

// Holds a floor against counts and collects what lies under it.
class Floors {
 public:
  explicit Floors(uint64_t cases) : cases_(cases) {}
  // At least `per_million` of a million cases.
  void Need(const std::string& what, uint64_t count, uint64_t per_million) {
    if (count * 1'000'000 < per_million * cases_) {
      gaps_.push_back(what + ": " + std::to_string(count) + " of " + std::to_string(cases_) +
                      " cases, wanted " + std::to_string(per_million) + " per million");
    }
  }
  std::vector<std::string> Take() && { return std::move(gaps_); }

 private:
  uint64_t cases_;
  std::vector<std::string> gaps_;
};

}  // namespace

void OutcomeCounts::CountDecision(const policy::Request& request, const policy::spec::Answer& answer) {
  const policy::Decision& decision = answer.decision;
  ++cases;
  ++verdicts[Index(decision.verdict)];
  ++bases[Index(decision.basis)];
  if (decision.allowed()) ++allowed_callers[Index(request.principal.kind)];
  if (decision.statement) ++(decision.allowed() ? allowed_by : denied_by)[Index(decision.statement->type)];
  for (std::size_t i = 0; i < kTypes; ++i) {
    if (decision.missing_layers.Has(static_cast<PolicyType>(i))) ++missing[i];
  }
  if (!answer.explanation.missing_context_keys.empty()) ++keys_missing;
}

void OutcomeCounts::CountConditions(const policy::Request& request, const policy::spec::Documents& asked) {
  const auto count = [&](const policy::spec::Layer& layer) {
    for (const policy::Document* document : layer) {
      for (const policy::Statement& statement : document->statements) {
        for (const policy::ConditionTest& test : statement.conditions) {
          const bool held = policy::spec::Holds(test, statement.effect, document->version, request.context);
          ++operators[Index(test.op)][held ? 1 : 0];
          ++qualifiers[Index(test.qualifier)][held ? 1 : 0];
          CountKinds(request, statement, test);
        }
      }
    }
  };
  for (const auto& levels : {asked.service_control, asked.resource_control}) {
    for (const policy::spec::Layer& level : levels.value_or(std::vector<policy::spec::Layer>())) {
      for (const policy::Document* document : level) {
        if (document->version == policy::LanguageVersion::k2008) ++old_control_policies;
      }
    }
  }
  count(asked.identity);
  if (asked.resource != nullptr) count({asked.resource});
  for (const auto& layer : {asked.permissions_boundary, asked.session, asked.endpoint}) {
    if (layer) count(*layer);
  }
}

void OutcomeCounts::CountKinds(const policy::Request& request, const policy::Statement& statement,
                               const policy::ConditionTest& test) {
  const policy::RequestContext::Entry* entry = request.context.Find(test.key);
  if (entry == nullptr) return;
  const bool plain =
      test.qualifier == policy::SetQualifier::kNone && test.op != policy::ConditionOperator::kNull;
  if (plain && entry->multi_valued) ++plain_on_set[std::min<std::size_t>(entry->values.size(), 2)];
  const policy::ValueType type = policy::RowOf(test.op).value_type;
  for (const std::string& value : test.values) {
    if (!policy::IsReadableValue(type, value)) ++unreadable[Index(type)];
    if (type == policy::ValueType::kArn && statement.effect == policy::Effect::kDeny &&
        !policy::IsReadableValue(type, value)) {
      ++no_arn_in_deny;
    }
  }
  const auto beyond_ascii = [](const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  };
  if (std::any_of(entry->values.begin(), entry->values.end(), beyond_ascii)) ++beyond_ascii_values;
  if (!entry->multi_valued && entry->values.front().empty()) ++empty_texts;
}

void OutcomeCounts::Add(const OutcomeCounts& other) {
  cases += other.cases;
  scenarios += other.scenarios;
  refused += other.refused;
  keys_missing += other.keys_missing;
  old_control_policies += other.old_control_policies;
  no_arn_in_deny += other.no_arn_in_deny;
  beyond_ascii_values += other.beyond_ascii_values;
  empty_texts += other.empty_texts;
  AddArray(plain_on_set, other.plain_on_set);
  AddArray(unreadable, other.unreadable);
  AddArray(verdicts, other.verdicts);
  AddArray(bases, other.bases);
  AddArray(allowed_by, other.allowed_by);
  AddArray(denied_by, other.denied_by);
  AddArray(missing, other.missing);
  AddArray(allowed_callers, other.allowed_callers);
  for (std::size_t i = 0; i < kOperators; ++i) AddArray(operators[i], other.operators[i]);
  for (std::size_t i = 0; i < qualifiers.size(); ++i) AddArray(qualifiers[i], other.qualifiers[i]);
}

std::vector<std::string> OutcomeCounts::Gaps() const {
  Floors floors(cases);
  floors.Need("allowed", verdicts[Index(Verdict::kAllowed)], 100'000);
  floors.Need("explicitly denied", verdicts[Index(Verdict::kExplicitDeny)], 100'000);
  floors.Need("implicitly denied", verdicts[Index(Verdict::kImplicitDeny)], 100'000);
  floors.Need("allowed by an identity policy", allowed_by[Index(PolicyType::kIdentity)], 20'000);
  floors.Need("allowed by a resource policy", allowed_by[Index(PolicyType::kResource)], 20'000);
  floors.Need("allowed as root", bases[Index(policy::Basis::kRootUser)], 5'000);
  floors.Need("undeniable", bases[Index(policy::Basis::kUndeniable)], 2'000);
  floors.Need("denied by a rule", bases[Index(policy::Basis::kBuiltInDeny)], 2'000);
  for (std::size_t i = 0; i < kTypes; ++i) {
    floors.Need("denied by " + TypeName(i), denied_by[i], 3'000);
    floors.Need("missing " + TypeName(i), missing[i], 5'000);
  }
  for (std::size_t i = 0; i < allowed_callers.size(); ++i) {
    floors.Need("allowed callers of kind " + std::to_string(i), allowed_callers[i], 1'000);
  }
  for (std::size_t i = 0; i < kOperators; ++i) {
    const std::string name(policy::RowOf(static_cast<policy::ConditionOperator>(i)).name);
    floors.Need(name + " failed", operators[i][0], 1'000);
    floors.Need(name + " held", operators[i][1], 1'000);
  }
  for (std::size_t i = 0; i < qualifiers.size(); ++i) {
    floors.Need("qualifier " + std::to_string(i) + " failed", qualifiers[i][0], 5'000);
    floors.Need("qualifier " + std::to_string(i) + " held", qualifiers[i][1], 5'000);
  }
  floors.Need("context keys missing", keys_missing, 100'000);
  for (std::size_t i = 0; i < plain_on_set.size(); ++i) {
    floors.Need("plain operators on a set of " + std::to_string(i), plain_on_set[i], 5'000);
  }
  using Type = policy::ValueType;
  for (const Type type : {Type::kNumeric, Type::kDate, Type::kBinary, Type::kIpAddress, Type::kArn}) {
    floors.Need("unreadable values of type " + std::to_string(Index(type)), unreadable[Index(type)], 1'000);
  }
  floors.Need("values that are no ARN in a Deny", no_arn_in_deny, 500);
  floors.Need("values beyond ASCII", beyond_ascii_values, 10'000);
  floors.Need("empty texts", empty_texts, 10'000);
  floors.Need("control policies without Version or with the old one", old_control_policies, 10'000);
  std::vector<std::string> gaps = std::move(floors).Take();
  if (refused * 20 > scenarios)
    gaps.push_back("refused scenarios: " + std::to_string(refused) + " of " + std::to_string(scenarios));
  return gaps;
}

std::string OutcomeCounts::ToText() const {
  std::string out = std::to_string(cases) + " cases, " + std::to_string(scenarios) + " scenarios, " +
                    std::to_string(refused) + " refused" + "\nimplicit/explicit/allowed:";
  const auto row = [&](const auto& counts) {
    for (const uint64_t count : counts) out += ' ' + std::to_string(count);
  };
  row(verdicts);
  out += "\nbases:";
  row(bases);
  for (std::size_t i = 0; i < kTypes; ++i) {
    out += "\n" + TypeName(i) + ": allowed " + std::to_string(allowed_by[i]) + ", denied " +
           std::to_string(denied_by[i]) + ", missing " + std::to_string(missing[i]);
  }
  out += "\nallowed callers:";
  row(allowed_callers);
  out += "\nplain on sets of 0, 1, more:";
  row(plain_on_set);
  out += "\nunreadable:";
  row(unreadable);
  out += "\nno ARN in Deny, beyond ASCII, empty, old control policies: " + std::to_string(no_arn_in_deny) +
         ' ' + std::to_string(beyond_ascii_values) + ' ' + std::to_string(empty_texts) + ' ' +
         std::to_string(old_control_policies);
  out += "\noperators failed/held:";
  for (std::size_t i = 0; i < kOperators; ++i) {
    out += ' ' + std::string(policy::RowOf(static_cast<policy::ConditionOperator>(i)).name) + ' ' +
           std::to_string(operators[i][0]) + '/' + std::to_string(operators[i][1]);
  }
  return out + '\n';
}

}  // namespace wardkeep::differential
