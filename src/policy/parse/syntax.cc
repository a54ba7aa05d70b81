#include "policy/parse/syntax.h"

#include <array>

#include "base/ascii.h"

namespace wardkeep::policy {
namespace {

using json::Member;
using json::Value;

constexpr std::string_view kSyntaxErrors = "Syntax errors in policy.";

// Every statement element and where the draft keeps it.
struct ElementRow {
  std::string_view name;
  const Value* DraftStatement::*slot;
};
constexpr std::array<ElementRow, 8> kElements = {{
    {"Sid", &DraftStatement::sid},
    {"Effect", &DraftStatement::effect},
    {"Principal", &DraftStatement::principal},
    {"NotPrincipal", &DraftStatement::not_principal},
    {"Action", &DraftStatement::action},
    {"NotAction", &DraftStatement::not_action},
    {"Resource", &DraftStatement::resource},
    {"NotResource", &DraftStatement::not_resource},
}};

bool IsScalar(const Value& value) {
  return value.is_string() || value.is_number() || value.is_bool();
}

bool IsTextOrList(const Value& value) {
  if (value.is_string()) return true;
  if (!value.is_array()) return false;
  for (const Value& item : value.elements()) {
    if (!item.is_string() && !item.is_null()) return false;
  }
  return true;
}

bool IsScalarOrList(const Value& value) {
  if (IsScalar(value)) return true;
  if (!value.is_array()) return false;
  for (const Value& item : value.elements()) {
    if (!IsScalar(item) && !item.is_null()) return false;
  }
  return true;
}

bool IsPrincipal(const Value& value) {
  if (const std::string* text = value.AsString()) return *text == "*";
  if (!value.is_object()) return false;
  for (const Member& member : value.members()) {
    const std::string_view type = member.key;
    if (type != "AWS" && type != "Service" && type != "Federated" && type != "CanonicalUser") return false;
    if (!IsTextOrList(member.value)) return false;
  }
  return true;
}

bool IsEffect(const Value* value) {
  const std::string* text = value == nullptr ? nullptr : value->AsString();
  return text != nullptr &&
         (base::EqualsIgnoreAsciiCase(*text, "Allow") || base::EqualsIgnoreAsciiCase(*text, "Deny"));
}

// Reads one document. Functions return false at the first error and leave its place in `bad_`.
class Reader {
 public:
  explicit Reader(PrincipalShape principals) : principals_(principals) {}

  bool ReadTop(const Value& root, Draft& draft) {
    if (!root.is_object()) return Bad(root);
    const Value* statements = nullptr;
    for (const Member& member : root.members()) {
      if (member.key == "Version") {
        if (!ReadVersion(member.value, draft)) return false;
        draft.lone_statement_before_version = statements != nullptr && statements->is_object();
      } else if (member.key == "Id") {
        draft.id = member.value.AsString();
        if (draft.id == nullptr) return Bad(member.value);
      } else if (member.key == "Statement") {
        statements = &member.value;
      } else {
        return BadAt(member.key_span.start);
      }
    }
    return statements == nullptr ? Bad(root) : ReadStatements(*statements, draft);
  }

  uint32_t bad() const { return bad_; }

 private:
  bool BadAt(uint32_t offset) {
    bad_ = offset;
    return false;
  }
  bool Bad(const Value& value) { return BadAt(value.span().start); }

  bool ReadVersion(const Value& value, Draft& draft) {
    const std::string* text = value.AsString();
    if (text == nullptr) return Bad(value);
    if (*text == "2012-10-17") {
      draft.version = LanguageVersion::k2012;
    } else if (*text == "2008-10-17") {
      draft.version = LanguageVersion::k2008;
    } else {
      return Bad(value);
    }
    return true;
  }

  bool ReadStatements(const Value& value, Draft& draft) {
    if (value.is_object()) return ReadStatement(value, draft.statements.emplace_back());
    if (value.elements().empty()) return Bad(value);
    draft.statements.reserve(value.elements().size());
    for (const Value& item : value.elements()) {
      if (!ReadStatement(item, draft.statements.emplace_back())) return false;
    }
    return true;
  }

  bool ReadStatement(const Value& value, DraftStatement& statement) {
    if (!value.is_object()) return Bad(value);
    statement.whole = &value;
    for (const Member& member : value.members()) {
      if (member.key == "Condition") {
        if (!ReadCondition(member.value, statement)) return false;
        continue;
      }
      const Value* DraftStatement::*slot = nullptr;
      for (const ElementRow& row : kElements) {
        if (row.name == member.key) slot = row.slot;
      }
      if (slot == nullptr) return BadAt(member.key_span.start);
      statement.*slot = &member.value;
    }
    return CheckShapes(statement);
  }

  bool CheckShapes(const DraftStatement& s) {
    if (s.action != nullptr && s.not_action != nullptr) return Bad(*s.not_action);
    if (s.resource != nullptr && s.not_resource != nullptr) return Bad(*s.not_resource);
    if (!IsEffect(s.effect)) return Bad(s.effect == nullptr ? *s.whole : *s.effect);
    for (const Value* list : {s.any_action(), s.any_resource()}) {
      if (list != nullptr && !IsTextOrList(*list)) return Bad(*list);
    }
    if (s.sid != nullptr && !s.sid->is_string()) return Bad(*s.sid);
    if (principals_ == PrincipalShape::kIgnored) return true;
    if (s.principal != nullptr && s.not_principal != nullptr) return Bad(*s.not_principal);
    const Value* principal = s.any_principal();
    return principal == nullptr || IsPrincipal(*principal) || Bad(*principal);
  }

  bool ReadCondition(const Value& value, DraftStatement& statement) {
    if (!value.is_object()) return Bad(value);
    for (const Member& block : value.members()) {
      if (!block.value.is_object()) return Bad(block.value);
      if (block.value.members().empty()) continue;  // even under an unknown operator (1.8, item 9)
      const std::optional<OperatorUse> use = ParseOperatorName(block.key);
      if (!use) return BadAt(block.key_span.start);
      for (const Member& test : block.value.members()) {
        if (!IsScalarOrList(test.value)) return Bad(test.value);
        statement.tests.push_back({*use, test.key, test.key_span.start, &test.value});
      }
    }
    return true;
  }

  PrincipalShape principals_;
  uint32_t bad_ = 0;
};

}  // namespace

base::Result<Draft, Complaint> ReadDraft(json::Value root, PrincipalShape principals) {
  Draft draft;
  draft.root.push_back(std::move(root));
  Reader reader(principals);
  if (!reader.ReadTop(draft.root.front(), draft)) return Complaint{std::string(kSyntaxErrors), reader.bad()};
  return draft;
}

}  // namespace wardkeep::policy
