// The full cross product of condition forms: operator x IfExists x set prefix x policy values x context
// values x key case x variable. Each is decided by the evaluator, by the specification, and by the tables of
// policy-semantics 3.2 and 3.3 written out below.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/writer.h"
#include "policy/condition/operators.h"
#include "policy_case/difference.h"
#include "policy_case/parsed_case.h"

namespace wardkeep::differential {
namespace {

using policy::ConditionOperator;
using policy::SetQualifier;
using policy::ValueType;

// What the context holds, by how many of its values satisfy a policy value.
enum ContextClass { kAbsent, kEmpty, kOneFits, kOneDoesNot, kBothFit, kOneOfTwoFits, kNeitherFits };

// One letter for each ContextClass: T holds, F does not.
struct Row {
  SetQualifier qualifier;
  bool negated;
  bool if_exists;
  const char* with_values;
  const char* without_values;  // the policy list is []
};
constexpr auto kPlain = SetQualifier::kNone;
constexpr auto kAll = SetQualifier::kForAllValues;
constexpr auto kAny = SetQualifier::kForAnyValue;
constexpr Row kRows[] = {
    {kPlain, false, false, "FFTFFFF", "FFFFFFF"}, {kPlain, false, true, "TTTFFFF", "TTFFFFF"},
    {kPlain, true, false, "TTFTFFF", "TTTTFFF"},  {kPlain, true, true, "TTFTFFF", "TTFFFFF"},
    {kAll, false, false, "TTTFTFF", "TTFFFFF"},   {kAll, false, true, "TTTFTFF", "TTFFFFF"},
    {kAll, true, false, "TTFTFFT", "TTFFFFF"},    {kAll, true, true, "TTFTFFT", "TTFFFFF"},
    {kAny, false, false, "FFTFTTF", "FFFFFFF"},   {kAny, false, true, "FFTFTTF", "FFFFFFF"},
    {kAny, true, false, "FFFTFTT", "FFFFFFF"},    {kAny, true, true, "FFFTFTT", "FFFFFFF"},
};

// Values of an operator: `policy` is satisfied by `fits` and by no other of these; `other` is never
// satisfied.
struct Values {
  std::string policy, other, fits, does_not;
};

Values ValuesOf(ConditionOperator op) {
  switch (policy::RowOf(op).comparator) {
    case policy::Comparator::kLess:
    case policy::Comparator::kLessOrEqual: {
      const bool date = policy::RowOf(op).value_type == ValueType::kDate;
      return date ? Values{"2026-03-01", "1999-01-01", "2026-02-28", "2026-03-02"}
                  : Values{"10", "1", "9", "11"};
    }
    case policy::Comparator::kGreater:
    case policy::Comparator::kGreaterOrEqual: {
      const bool date = policy::RowOf(op).value_type == ValueType::kDate;
      return date ? Values{"2026-03-01", "2030-01-01", "2026-03-02", "2026-02-28"}
                  : Values{"10", "99", "11", "9"};
    }
    case policy::Comparator::kGlob:
      return {"bl?e*", "r*", "blue", "green"};
    case policy::Comparator::kEqualIgnoreCase:
      return {"BLUE", "RED", "blue", "green"};
    case policy::Comparator::kContains:
      return {"203.0.113.0/24", "10.0.0.0/8", "203.0.113.9", "198.51.100.1"};
    case policy::Comparator::kArnGlob:
      return {"arn:aws:sns:*:1:n*", "arn:aws:sqs:*:1:*", "arn:aws:sns:eu:1:news", "arn:aws:sns:eu:2:news"};
    case policy::Comparator::kEqual:
    case policy::Comparator::kIsMissing:
      break;
  }
  switch (policy::RowOf(op).value_type) {
    case ValueType::kNumeric:
      return {"5", "7", "5.0", "6"};
    case ValueType::kDate:
      return {"2026-03-01", "1999-01-01", "2026-03-01T01:00:00+01:00", "2026-03-02"};
    case ValueType::kBool:
      return {"True", "maybe", "true", "false"};
    case ValueType::kBinary:
      return {"aGk=", "AAE=", "aGk=", "aGo="};
    default:
      return {"blue", "red", "blue", "green"};
  }
}

// How the policy side is written.
enum class PolicyForm { kNone, kOne, kTwo, kVariable, kAbsentVariable, kAbsentVariableAndOne, kCount };

struct Form {
  ConditionOperator op;
  SetQualifier qualifier;
  bool if_exists;
  PolicyForm policy;
  ContextClass context;
  bool other_case;
};

std::vector<std::string> PolicyValues(const Form& form, const Values& values) {
  switch (form.policy) {
    case PolicyForm::kOne:
      return {values.policy};
    case PolicyForm::kTwo:
      return {values.other, values.policy};
    case PolicyForm::kVariable:
      return {"${aws:PrincipalTag/present}"};
    case PolicyForm::kAbsentVariable:
      return {"${aws:PrincipalTag/absent}"};
    case PolicyForm::kAbsentVariableAndOne:
      return {"${aws:PrincipalTag/absent}", values.policy};
    default:
      return {};
  }
}

// Does a fitting context value satisfy the policy side at all?
bool CanFit(const Form& form) {
  if (form.policy == PolicyForm::kAbsentVariable) return false;
  return form.policy != PolicyForm::kVariable || policy::RowOf(form.op).variables;
}

bool Expected(const Form& form) {
  ContextClass seen = form.context;
  if (!CanFit(form)) {
    if (seen == kOneFits) seen = kOneDoesNot;
    if (seen == kBothFit || seen == kOneOfTwoFits) seen = kNeitherFits;
  }
  for (const Row& row : kRows) {
    const bool here = row.qualifier == form.qualifier && row.negated == policy::RowOf(form.op).negated &&
                      row.if_exists == form.if_exists;
    if (here) return (form.policy == PolicyForm::kNone ? row.without_values : row.with_values)[seen] == 'T';
  }
  ADD_FAILURE() << "no row";
  return false;
}

std::string DocumentOf(const Form& form, const std::vector<std::string>& values) {
  json::Writer out;
  out.BeginObject().Key("Version").String("2012-10-17").Key("Statement").BeginObject();
  out.Key("Effect").String("Allow").Key("Action").String("*").Key("Resource").String("*");
  out.Key("Condition").BeginObject();
  out.Key(policy::FormatOperatorName({form.op, form.qualifier, form.if_exists})).BeginObject();
  out.Key(form.other_case ? "EXAMPLE:key" : "example:Key").BeginArray();
  for (const std::string& value : values) out.String(value);
  out.EndArray().EndObject().EndObject().EndObject().EndObject();
  return std::move(out).Take();
}

policy::Request RequestOf(ContextClass context, const std::string& fits, const std::string& does_not) {
  policy::Request request;
  request.principal.kind = policy::PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/alice";
  request.action = "s3:GetObject";
  request.resource = "arn:aws:s3:::bucket/k";
  request.context.Set("aws:PrincipalTag/present", fits);
  if (context == kEmpty) request.context.SetMulti("example:Key", {});
  if (context == kOneFits) request.context.Set("example:Key", fits);
  if (context == kOneDoesNot) request.context.Set("example:Key", does_not);
  if (context == kBothFit) request.context.SetMulti("example:Key", {fits, fits});
  if (context == kOneOfTwoFits) request.context.SetMulti("example:Key", {does_not, fits});
  if (context == kNeitherFits) request.context.SetMulti("example:Key", {does_not, does_not});
  return request;
}

// The specification's verdict, once the evaluator is found to share it. nullopt when it does not.
std::optional<bool> Decide(const std::string& document, const policy::Request& request) {
  policy_case::Layers<policy_case::SourceText> layers;
  layers.identity.push_back({policy::DocumentKind::kIdentity, document});
  std::string refusal;
  const auto parsed = policy_case::ParsedLayers::Make(layers, &refusal);
  if (parsed == nullptr) {
    ADD_FAILURE() << refusal;
    return std::nullopt;
  }
  const policy::spec::Answer answer = policy::spec::Decide(request, parsed->documents());
  const std::string difference = policy_case::Difference(request, *parsed, answer);
  EXPECT_EQ(difference, "") << document;
  return difference.empty() ? std::optional(answer.decision.allowed()) : std::nullopt;
}

template <typename Visit>
void ForEachForm(ConditionOperator op, Visit visit) {
  for (const SetQualifier qualifier : {kPlain, kAll, kAny}) {
    for (const bool if_exists : {false, true}) {
      for (int form = 0; form < static_cast<int>(PolicyForm::kCount); ++form) {
        for (int context = kAbsent; context <= kNeitherFits; ++context) {
          for (const bool other_case : {false, true}) {
            visit(Form{op, qualifier, if_exists, static_cast<PolicyForm>(form),
                       static_cast<ContextClass>(context), other_case});
          }
        }
      }
    }
  }
}

// A date that is a variable cannot be saved (policy-semantics 1.8).
bool CanBeSaved(const Form& form) {
  return policy::RowOf(form.op).value_type != ValueType::kDate || form.policy < PolicyForm::kVariable;
}

TEST(ConditionsProduct, EveryFormFollowsTheTables) {
  int forms = 0;
  for (const policy::OperatorRow& row : policy::OperatorRows()) {
    if (row.op == ConditionOperator::kNull) continue;
    const Values values = ValuesOf(row.op);
    ForEachForm(row.op, [&](const Form& form) {
      if (!CanBeSaved(form)) return;
      ++forms;
      const std::string document = DocumentOf(form, PolicyValues(form, values));
      const auto held = Decide(document, RequestOf(form.context, values.fits, values.does_not));
      if (held) {
        EXPECT_EQ(*held, Expected(form)) << document << " context class " << form.context;
      }
    });
  }
  EXPECT_EQ(forms, 26 * 3 * 2 * 6 * 7 * 2 - 6 * 3 * 2 * 3 * 7 * 2);
}

TEST(ConditionsProduct, NullFollowsTheTable) {
  struct NullRow {
    SetQualifier qualifier;
    std::vector<std::string> values;
    const char* holds;
  };
  const NullRow rows[] = {
      {kPlain, {"true"}, "TTFFFFF"},  {kPlain, {"false"}, "FFTTTTT"}, {kPlain, {"true", "false"}, "TTTTTTT"},
      {kPlain, {"other"}, "FFFFFFF"}, {kPlain, {}, "FFFFFFF"},        {kAll, {"true"}, "TTTTTTT"},
      {kAll, {"false"}, "TTTTTTT"},   {kAny, {"true"}, "FFFFFFF"},    {kAny, {"false"}, "FFFFFFF"},
  };
  for (const NullRow& row : rows) {
    for (int context = kAbsent; context <= kNeitherFits; ++context) {
      for (const bool other_case : {false, true}) {
        const Form form{ConditionOperator::kNull,           row.qualifier, false, PolicyForm::kOne,
                        static_cast<ContextClass>(context), other_case};
        const std::string document = DocumentOf(form, row.values);
        const auto held = Decide(document, RequestOf(form.context, "a", "b"));
        if (held) {
          EXPECT_EQ(*held, row.holds[context] == 'T') << document << " context class " << context;
        }
      }
    }
  }
}

// IfExists is not for Null (3.2); both evaluators still agree on what it does.
TEST(ConditionsProduct, NullIfExistsIsDecidedAlike) {
  ForEachForm(ConditionOperator::kNull, [](const Form& form) {
    for (const char* value : {"true", "false"}) {
      EXPECT_TRUE(Decide(DocumentOf(form, {value}), RequestOf(form.context, "a", "b")).has_value());
    }
  });
}

}  // namespace
}  // namespace wardkeep::differential
