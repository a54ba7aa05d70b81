#include "policy/parse/statement_checks.h"

#include <algorithm>

#include "policy/match/arn_text.h"
#include "policy/parse/action_format.h"
#include "policy/parse/condition_format.h"
#include "policy/parse/resource_format.h"

namespace wardkeep::policy {
namespace {

constexpr std::string_view kLegacy = "The policy failed legacy parsing";

bool IsAlphanumeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

// The first value of a test that its operator cannot read.
std::optional<Complaint> FirstUnreadable(const DraftTest& test) {
  const ValueType type = RowOf(test.use.op).value_type;
  if (!test.values->is_array()) {
    if (IsReadableValue(type, ScalarText(*test.values))) return std::nullopt;
    return ComplaintAt(*test.values, kLegacy);
  }
  for (const json::Value& value : test.values->elements()) {
    if (!value.is_null() && !IsReadableValue(type, ScalarText(value))) return ComplaintAt(value, kLegacy);
  }
  return std::nullopt;
}

// `checked(type)`: whether the values of operators of this type must be readable.
template <typename Checked>
std::optional<Complaint> EffectsAndValuesFault(const Draft& draft, Checked checked) {
  for (const DraftStatement& statement : draft.statements) {
    const std::string& effect = *statement.effect->AsString();
    if (effect != "Allow" && effect != "Deny") return ComplaintAt(*statement.effect, kLegacy);
    for (const DraftTest& test : statement.tests) {
      if (!checked(RowOf(test.use.op).value_type)) continue;
      if (std::optional<Complaint> complaint = FirstUnreadable(test)) return complaint;
    }
  }
  return std::nullopt;
}

// The first resource, in document order, that `fault` complains about.
template <typename Fault>
std::optional<Complaint> FirstBadResource(const Draft& draft, Fault fault) {
  for (const DraftStatement& statement : draft.statements) {
    for (const LocatedText& resource : TextsOf(statement.any_resource())) {
      if (std::optional<std::string> message = fault(*resource.text)) {
        return Complaint{*std::move(message), resource.offset};
      }
    }
  }
  return std::nullopt;
}

std::optional<Complaint> ActionsFault(const json::Value* element) {
  for (const LocatedText& action : TextsOf(element)) {
    if (std::optional<std::string> message = ActionFormComplaint(*action.text)) {
      return Complaint{*std::move(message), action.offset};
    }
  }
  return std::nullopt;
}

// AWS's text for this refusal is not known; its nearest documented text is the one about the ARN format.
std::string ShortArnMessage(std::string_view resource) {
  return "Resource " + std::string(resource) + " must be in ARN format or \"*\".";
}

bool IsShort(std::string_view resource) {
  return resource != "*" && SplitArn(resource).count < ArnText::kComponents;
}

}  // namespace

std::optional<Complaint> CheckNoPrincipal(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (const json::Value* principal = statement.any_principal()) {
      return ComplaintAt(*principal, "Policy document should not specify a principal.");
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckVersion2012(const Draft& draft, const CheckContext&) {
  if (draft.version == LanguageVersion::k2012) return std::nullopt;
  return ComplaintAt(draft.root.front(), "Policy document must be version 2012-10-17 or greater.");
}

std::optional<Complaint> CheckStatementAfterVersion(const Draft& draft, const CheckContext&) {
  if (!draft.lone_statement_before_version) return std::nullopt;
  return Complaint{std::string(kLegacy), draft.statements.front().offset()};
}

std::optional<Complaint> CheckNoSpaceInFront(const Draft& draft, const CheckContext&) {
  if (draft.root.front().span().start == 0) return std::nullopt;
  return Complaint{std::string(kLegacy), 0};
}

std::optional<Complaint> CheckEffectsAndValues(const Draft& draft, const CheckContext&) {
  return EffectsAndValuesFault(draft, [](ValueType) { return true; });
}

std::optional<Complaint> CheckEffectsAndDates(const Draft& draft, const CheckContext&) {
  return EffectsAndValuesFault(draft, [](ValueType type) { return type == ValueType::kDate; });
}

std::optional<Complaint> CheckEffectsAndBinary(const Draft& draft, const CheckContext&) {
  return EffectsAndValuesFault(draft, [](ValueType type) { return type == ValueType::kBinary; });
}

std::optional<Complaint> CheckLegacyResources(const Draft& draft, const CheckContext& context) {
  for (const DraftStatement& statement : draft.statements) {
    for (const LocatedText& resource : TextsOf(statement.any_resource())) {
      if (ResourceFormComplaint(*resource.text, context.options.partition)) return std::nullopt;
      if (FailsLegacyParsing(*resource.text)) return Complaint{std::string(kLegacy), resource.offset};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckSidForm(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (statement.sid != nullptr && !IsAlphanumeric(*statement.sid->AsString())) {
      return ComplaintAt(
          *statement.sid,
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
          "[0-9A-Za-z]*");
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckSidsUnique(const Draft& draft, const CheckContext&) {
  std::vector<LocatedText> sids;
  for (const DraftStatement& statement : draft.statements) {
    for (const LocatedText& sid : TextsOf(statement.sid)) {
      if (!sid.text->empty()) sids.push_back(sid);
    }
  }
  std::stable_sort(sids.begin(), sids.end(),
                   [](const LocatedText& a, const LocatedText& b) { return *a.text < *b.text; });
  const auto twin =
      std::adjacent_find(sids.begin(), sids.end(),
                         [](const LocatedText& a, const LocatedText& b) { return *a.text == *b.text; });
  if (twin == sids.end()) return std::nullopt;
  return Complaint{"Statement IDs (SID) in a single policy must be unique.", (twin + 1)->offset};
}

std::optional<Complaint> CheckActionsPresent(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (TextsOf(statement.any_action()).empty()) {
      return Complaint{"Policy statement must contain actions.", statement.offset()};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckResourceForm(const Draft& draft, const CheckContext& context) {
  return FirstBadResource(draft, [&](std::string_view resource) {
    return ResourceFormComplaint(resource, context.options.partition);
  });
}

std::optional<Complaint> CheckActionForm(const Draft& draft, const CheckContext&) {
  for (const auto element : {&DraftStatement::action, &DraftStatement::not_action}) {
    for (const DraftStatement& statement : draft.statements) {
      if (std::optional<Complaint> complaint = ActionsFault(statement.*element)) return complaint;
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckConditionKeyForm(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    for (const DraftTest& test : statement.tests) {
      if (!HasOneColonAtMost(test.key))
        return Complaint{"Condition can contain only one colon.", test.key_offset};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckResourcesPresent(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (TextsOf(statement.any_resource()).empty()) {
      return Complaint{"Policy statement must contain resources.", statement.offset()};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckNoShortArns(const Draft& draft, const CheckContext&) {
  return FirstBadResource(draft, [](std::string_view resource) -> std::optional<std::string> {
    if (!IsShort(resource)) return std::nullopt;
    return ShortArnMessage(resource);
  });
}

std::optional<Complaint> CheckShortArnsEndInStar(const Draft& draft, const CheckContext&) {
  return FirstBadResource(draft, [](std::string_view resource) -> std::optional<std::string> {
    if (!IsShort(resource) || resource.ends_with('*')) return std::nullopt;
    return ShortArnMessage(resource);
  });
}

}  // namespace wardkeep::policy
