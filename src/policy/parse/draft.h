// A policy document whose shape is right (phase 1 of policy-semantics 1.8) but whose contents are not yet
// checked. Points into the JSON tree it owns, so that later checks can say where a bad value stands. Movable,
// not copyable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/value.h"
#include "policy/condition/operators.h"
#include "wardkeep/document.h"

namespace wardkeep::policy {

// Why a document is refused, and the byte where.
struct Complaint {
  std::string message;
  uint32_t offset = 0;
};

inline Complaint ComplaintAt(const json::Value& value, std::string_view message) {
  return {std::string(message), value.span().start};
}

// One "operator: {key: values}" entry.
struct DraftTest {
  OperatorUse use;
  std::string_view key;
  uint32_t key_offset = 0;
  const json::Value* values = nullptr;  // a scalar or a list of scalars
};

// Elements that are absent are null. Lists hold strings only (and JSON nulls, which count for nothing).
struct DraftStatement {
  const json::Value* whole = nullptr;
  const json::Value* sid = nullptr;
  const json::Value* effect = nullptr;  // "allow" or "deny" in any letter case
  const json::Value* principal = nullptr;
  const json::Value* not_principal = nullptr;
  const json::Value* action = nullptr;
  const json::Value* not_action = nullptr;
  const json::Value* resource = nullptr;
  const json::Value* not_resource = nullptr;
  std::vector<DraftTest> tests;

  const json::Value* any_action() const { return action != nullptr ? action : not_action; }
  const json::Value* any_resource() const { return resource != nullptr ? resource : not_resource; }
  const json::Value* any_principal() const { return principal != nullptr ? principal : not_principal; }
  uint32_t offset() const { return whole->span().start; }
};

struct Draft {
  Draft() = default;
  Draft(Draft&&) = default;
  Draft& operator=(Draft&&) = default;

  json::Value::Array
      root;  // exactly one element; a vector, so that moving the draft keeps the pointers valid
  std::optional<LanguageVersion> version;  // absent when the document names none
  const std::string* id = nullptr;
  bool lone_statement_before_version = false;  // "Statement": {...}, not in a list, and then "Version"
  std::vector<DraftStatement> statements;
};

// A string with its place.
struct LocatedText {
  const std::string* text;
  uint32_t offset;
};

// The strings of "a" or ["a", "b", null]; nothing for null.
std::vector<LocatedText> TextsOf(const json::Value* element);

// The text form of a scalar, as conditions compare it: true is "true", a number is its lexeme. Empty for
// others.
std::string_view ScalarText(const json::Value& value);

}  // namespace wardkeep::policy
