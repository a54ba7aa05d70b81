// The full cross product of condition forms: effect x operator x IfExists x set prefix x policy values x
// context values x key case x variable. Each is decided by the evaluator, by the specification, and by the
// tables of policy-semantics 3.2, 3.3 and 3.5 written out below. The conditions stand in a session policy
// beside an identity policy that allows all, because it may hold values that IAM refuses to save (1.8).
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
// kOne...: a single-valued key; all others are multi-valued.
enum ContextClass {
  kAbsent,
  kEmpty,
  kOneFits,
  kOneDoesNot,
  kBothFit,
  kOneOfTwoFits,
  kNeitherFits,
  kSetOfOneFits,
  kSetOfOneDoesNot,
  kContextClasses
};

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
    {kPlain, false, false, "FFTFFFFFF", "FFFFFFFFF"}, {kPlain, false, true, "TTTFFFFFF", "TTFFFFFFF"},
    {kPlain, true, false, "TTFTFFFFF", "TTTTFFFFF"},  {kPlain, true, true, "TTFTFFFFF", "TTFFFFFFF"},
    {kAll, false, false, "TTTFTFFTF", "TTFFFFFFF"},   {kAll, false, true, "TTTFTFFTF", "TTFFFFFFF"},
    {kAll, true, false, "TTFTFFTFT", "TTFFFFFFF"},    {kAll, true, true, "TTFTFFTFT", "TTFFFFFFF"},
    {kAny, false, false, "FFTFTTFTF", "FFFFFFFFF"},   {kAny, false, true, "FFTFTTFTF", "FFFFFFFFF"},
    {kAny, true, false, "FFFTFTTFT", "FFFFFFFFF"},    {kAny, true, true, "FFFTFTTFT", "FFFFFFFFF"},
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
      return {"True", "TRUE", "true", "yes"};
    case ValueType::kBinary:
      return {"aGk=", "AAE=", "aGk=", "aGo="};
    default:
      return {"blue", "red", "blue", "green"};
  }
}

// How the policy side is written.
enum class PolicyForm { kNone, kOne, kTwo, kVariable, kAbsentVariable, kAbsentVariableAndOne, kCount };

struct Form {
  policy::Effect effect;
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
    if (seen == kSetOfOneFits) seen = kSetOfOneDoesNot;
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
  out.Key("Effect")
      .String(form.effect == policy::Effect::kAllow ? "Allow" : "Deny")
      .Key("Action")
      .String("*")
      .Key("Resource")
      .String("*");
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
  if (context == kSetOfOneFits) request.context.SetMulti("example:Key", {fits});
  if (context == kSetOfOneDoesNot) request.context.SetMulti("example:Key", {does_not});
  if (context == kBothFit) request.context.SetMulti("example:Key", {fits, fits});
  if (context == kOneOfTwoFits) request.context.SetMulti("example:Key", {does_not, fits});
  if (context == kNeitherFits) request.context.SetMulti("example:Key", {does_not, does_not});
  return request;
}

constexpr const char* kAllowAll =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

// Whether the statement applies by the specification, once the evaluator is found to share its verdict.
// nullopt when it does not.
std::optional<bool> Applies(policy::Effect effect, const std::string& document,
                            const policy::Request& request) {
  policy_case::Layers<policy_case::SourceText> layers;
  layers.identity.push_back({policy::DocumentKind::kIdentity, kAllowAll});
  layers.session.emplace();
  layers.session->push_back({policy::DocumentKind::kSession, document});
  const bool allow = effect == policy::Effect::kAllow;
  if (!allow) layers.session->push_back({policy::DocumentKind::kSession, kAllowAll});
  std::string refusal;
  const auto parsed = policy_case::ParsedLayers::Make(layers, &refusal);
  if (parsed == nullptr) {
    ADD_FAILURE() << refusal;
    return std::nullopt;
  }
  const policy::spec::Answer answer = policy::spec::Decide(request, parsed->documents());
  const std::string difference = policy_case::Difference(request, *parsed, answer);
  EXPECT_EQ(difference, "") << document;
  if (!difference.empty()) return std::nullopt;
  return allow ? answer.decision.allowed() : answer.decision.verdict == policy::Verdict::kExplicitDeny;
}

template <typename Visit>
void ForEachForm(ConditionOperator op, Visit visit) {
  for (const policy::Effect effect : {policy::Effect::kAllow, policy::Effect::kDeny}) {
    for (const SetQualifier qualifier : {kPlain, kAll, kAny}) {
      for (const bool if_exists : {false, true}) {
        for (int form = 0; form < static_cast<int>(PolicyForm::kCount); ++form) {
          for (int context = kAbsent; context < kContextClasses; ++context) {
            for (const bool other_case : {false, true}) {
              visit(Form{effect, op, qualifier, if_exists, static_cast<PolicyForm>(form),
                         static_cast<ContextClass>(context), other_case});
            }
          }
        }
      }
    }
  }
}

// Every text but "true" is false to Bool, that of a variable too, so the tables do not tell what fits it.
bool IsInTables(const Form& form) {
  return form.op != ConditionOperator::kBool || form.policy < PolicyForm::kVariable;
}

// A binary value that is a variable cannot be used in a session policy either (policy-semantics 1.8).
bool CanBeSaved(const Form& form) {
  return policy::RowOf(form.op).value_type != ValueType::kBinary || form.policy < PolicyForm::kVariable;
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
      const auto held = Applies(form.effect, document, RequestOf(form.context, values.fits, values.does_not));
      if (held && IsInTables(form)) {
        EXPECT_EQ(*held, Expected(form)) << document << " context class " << form.context;
      }
    });
  }
  EXPECT_EQ(forms, 2 * (26 * 3 * 2 * 6 * 9 * 2 - 3 * 2 * 3 * 9 * 2));
}

TEST(ConditionsProduct, NullFollowsTheTable) {
  struct NullRow {
    SetQualifier qualifier;
    std::vector<std::string> values;
    const char* holds;
  };
  const NullRow rows[] = {
      {kPlain, {"true"}, "TTFFFFFFF"},
      {kPlain, {"false"}, "FFTTTTTTT"},
      {kPlain, {"true", "false"}, "TTTTTTTTT"},
      {kPlain, {"TRUE"}, "TTFFFFFFF"},
      {kPlain, {"other"}, "FFTTTTTTT"},
      {kPlain, {}, "FFFFFFFFF"},
      {kAll, {"true"}, "TTTTTTTTT"},
      {kAll, {"false"}, "TTTTTTTTT"},
      {kAny, {"true"}, "FFFFFFFFF"},
      {kAny, {"false"}, "FFFFFFFFF"},
  };
  for (const NullRow& row : rows) {
    for (int context = kAbsent; context < kContextClasses; ++context) {
      for (const bool other_case : {false, true}) {
        const Form form{policy::Effect::kAllow, ConditionOperator::kNull,           row.qualifier, false,
                        PolicyForm::kOne,       static_cast<ContextClass>(context), other_case};
        const std::string document = DocumentOf(form, row.values);
        const auto held = Applies(form.effect, document, RequestOf(form.context, "a", "b"));
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
      EXPECT_TRUE(
          Applies(form.effect, DocumentOf(form, {value}), RequestOf(form.context, "a", "b")).has_value());
    }
  });
}

// Values that their operator cannot read (3.5), by what is unreadable: 'T' holds, 'F' does not, 'E' holds in
// a Deny only, '-' cannot be saved.
struct UnreadableRow {
  ConditionOperator op;
  char request;  // the value of the request, beside a good policy value
  char policy;   // the policy value, beside a good request value that the other policy value does not fit
  char both;
};
constexpr UnreadableRow kUnreadable[] = {
    {ConditionOperator::kNumericEquals, 'F', 'F', 'F'},
    {ConditionOperator::kNumericNotEquals, 'T', 'T', 'T'},
    {ConditionOperator::kNumericLessThan, 'F', 'F', 'F'},
    {ConditionOperator::kNumericLessThanEquals, 'F', 'F', 'F'},
    {ConditionOperator::kNumericGreaterThan, 'F', 'F', 'F'},
    {ConditionOperator::kDateEquals, 'F', 'F', 'F'},
    {ConditionOperator::kDateNotEquals, 'T', 'T', 'T'},
    {ConditionOperator::kDateGreaterThan, 'F', 'F', 'F'},
    {ConditionOperator::kIpAddress, 'F', 'F', 'F'},
    {ConditionOperator::kNotIpAddress, 'F', 'T', 'F'},
    {ConditionOperator::kArnEquals, 'F', 'E', 'F'},
    {ConditionOperator::kArnLike, 'F', 'E', 'F'},
    {ConditionOperator::kArnNotEquals, 'F', 'E', 'F'},
    {ConditionOperator::kArnNotLike, 'F', 'E', 'F'},
    {ConditionOperator::kBinaryEquals, 'F', '-', '-'},
};

TEST(ConditionsProduct, UnreadableValuesFollowTheTable) {
  constexpr const char* kNothing = "no such value";
  for (const UnreadableRow& row : kUnreadable) {
    const Values values = ValuesOf(row.op);
    for (const policy::Effect effect : {policy::Effect::kAllow, policy::Effect::kDeny}) {
      for (const SetQualifier qualifier : {kPlain, kAll, kAny}) {
        for (const bool several : {false, true}) {  // after a good policy value that does not fit
          const auto expect = [&](char wanted, const std::string& written, const std::string& given) {
            if (wanted == '-') return;
            const Form form{effect, row.op, qualifier, false, PolicyForm::kOne, kOneFits, false};
            std::vector<std::string> list = {written};
            if (several) list.insert(list.begin(), values.other);
            const std::string document = DocumentOf(form, list);
            const auto held = Applies(effect, document, RequestOf(kOneFits, given, ""));
            const bool holds = wanted == 'T' || (wanted == 'E' && effect == policy::Effect::kDeny);
            if (held) {
              EXPECT_EQ(*held, holds) << document << " on " << given;
            }
          };
          expect(row.request, values.policy, kNothing);
          expect(row.request, values.policy, "");
          expect(row.policy, kNothing, values.fits);
          expect(row.both, kNothing, kNothing);
        }
      }
    }
  }
}

// An ARN that fits has decided before one that is none is reached, and a variable may make one.
TEST(ConditionsProduct, ArnsAreLookedAtInTheirOrder) {
  struct ArnRow {
    ConditionOperator op;
    std::vector<std::string> values;
    bool allow;
    bool deny;
  };
  const std::string fits = "arn:aws:sns:*:*:*", none = "news", by_variable = "${aws:RequestTag/none}";
  const ArnRow rows[] = {
      {ConditionOperator::kArnLike, {fits, none}, true, true},
      {ConditionOperator::kArnLike, {none, fits}, false, true},
      {ConditionOperator::kArnNotLike, {fits, none}, false, false},
      {ConditionOperator::kArnNotLike, {none, fits}, false, true},
      {ConditionOperator::kArnLike, {by_variable}, false, true},
      {ConditionOperator::kArnNotLike, {by_variable, fits}, false, true},
      {ConditionOperator::kArnLike, {"${aws:RequestTag/absent}", fits}, true, true},
      {ConditionOperator::kArnNotLike, {"arn:aws"}, true, true},  // begins as one, and fits nothing
  };
  for (const ArnRow& row : rows) {
    for (const policy::Effect effect : {policy::Effect::kAllow, policy::Effect::kDeny}) {
      const Form form{effect, row.op, kPlain, false, PolicyForm::kOne, kOneFits, false};
      const std::string document = DocumentOf(form, row.values);
      policy::Request request = RequestOf(kOneFits, "arn:aws:sns:eu:1:news", "");
      request.context.Set("aws:RequestTag/none", none);
      const auto held = Applies(effect, document, request);
      if (held) {
        EXPECT_EQ(*held, effect == policy::Effect::kAllow ? row.allow : row.deny) << document;
      }
    }
  }
}

}  // namespace
}  // namespace wardkeep::differential
