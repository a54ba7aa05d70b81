#include "api/clauses.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "api/pattern.h"
#include "api/unicode.h"

namespace wardkeep::api {
namespace {

bool IsNumber(Kind kind) {
  return kind == Kind::kInteger || kind == Kind::kLong || kind == Kind::kFloat || kind == Kind::kDouble;
}

std::string BoundClause(const Shape& shape, bool lower) {
  std::string clause = IsNumber(shape.kind) ? "Member must have value " : "Member must have length ";
  clause += lower ? "greater than or equal to " : "less than or equal to ";
  return clause + std::to_string(lower ? shape.constraint->min : shape.constraint->max);
}

std::string PatternClause(const Shape& shape) {
  return "Member must satisfy regular expression pattern: " + std::string(shape.constraint->pattern->text);
}

std::string EnumClause(const ValidationStyle& style, const Shape& shape) {
  std::string clause = "Member must satisfy enum value set";
  if (!style.show_enum_values) return clause;
  clause += ": [";
  for (const std::string_view value : shape.constraint->enum_values) {
    if (clause.back() != '[') clause += ", ";
    clause += value;
  }
  return clause + "]";
}

// What min and max bound: the value of a number, the length of everything else; nothing for booleans and
// times.
std::optional<double> Measure(const Shape& shape, const void* value) {
  switch (shape.kind) {
    case Kind::kString:
      return static_cast<double>(CountScalars(*static_cast<const std::string*>(value)));
    case Kind::kBlob:
      return static_cast<double>(static_cast<const std::string*>(value)->size());
    case Kind::kInteger:
      return static_cast<double>(*static_cast<const int32_t*>(value));
    case Kind::kLong:
      return static_cast<double>(*static_cast<const int64_t*>(value));
    case Kind::kFloat:
    case Kind::kDouble:
      return *static_cast<const double*>(value);
    case Kind::kList:
      return static_cast<double>(shape.list->size(value));
    case Kind::kMap:
      return static_cast<double>(shape.map->size(value));
    default:
      return std::nullopt;
  }
}

void CheckText(const ValidationStyle& style, const Shape& shape, const std::string& text,
               BrokenClauses& out) {
  const Constraint& constraint = *shape.constraint;
  if (constraint.pattern != nullptr && !Matches(*constraint.pattern, text)) {
    out.sentence = !constraint.pattern_sentence.empty();
    if (!out.sentence) out.clauses.push_back(PatternClause(shape));
  }
  const auto& values = constraint.enum_values;
  if (!values.empty() && std::ranges::find(values, std::string_view(text)) == values.end()) {
    out.clauses.push_back(EnumClause(style, shape));
  }
}

}  // namespace

BrokenClauses FindBrokenClauses(const ValidationStyle& style, const Shape& shape, const void* value) {
  BrokenClauses out;
  if (shape.constraint == nullptr) return out;
  const Constraint& constraint = *shape.constraint;
  if (const std::optional<double> measure = Measure(shape, value)) {
    // Negated, so that NaN breaks both bounds.
    if (constraint.has_min && !(*measure >= static_cast<double>(constraint.min))) {
      out.clauses.push_back(BoundClause(shape, true));
    }
    if (constraint.has_max && !(*measure <= static_cast<double>(constraint.max))) {
      out.clauses.push_back(BoundClause(shape, false));
    }
  }
  if (shape.kind == Kind::kString) CheckText(style, shape, *static_cast<const std::string*>(value), out);
  return out;
}

std::vector<std::string> AllClauses(const ValidationStyle& style, const Shape& shape) {
  std::vector<std::string> clauses;
  if (shape.constraint == nullptr) return clauses;
  const Constraint& constraint = *shape.constraint;
  if (constraint.has_max) clauses.push_back(BoundClause(shape, false));
  if (constraint.has_min) clauses.push_back(BoundClause(shape, true));
  if (constraint.pattern != nullptr) clauses.push_back(PatternClause(shape));
  if (!constraint.enum_values.empty()) clauses.push_back(EnumClause(style, shape));
  return clauses;
}

}  // namespace wardkeep::api
