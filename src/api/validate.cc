#include "api/validate.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "api/clauses.h"
#include "api/null_text.h"
#include "base/ascii.h"
#include "base/join.h"
#include "base/utf8.h"

namespace wardkeep::api {
namespace {

// AWS counts and names no more violations than these (wire-protocols.md section 6).
constexpr size_t kMaxViolations = 10;
// Longer values are cut: the message must stay a message.
constexpr size_t kMaxQuotedBytes = 1024;

std::string PathName(std::string_view member) {
  std::string name(member);
  if (!name.empty()) name[0] = base::AsciiLower(name[0]);
  return name;
}

std::string Cut(std::string_view text) {
  return std::string(base::BeginningOf(text, kMaxQuotedBytes));
}

bool IsScalar(const Shape& shape) {
  return shape.kind != Kind::kStructure && shape.kind != Kind::kList && shape.kind != Kind::kMap;
}

bool IsHidden(const Shape& shape) {
  return shape.sensitive || (shape.constraint != nullptr && shape.constraint->hide_value);
}

class Checker {
 public:
  explicit Checker(const ValidationStyle& style) : style_(style) {}

  void CheckStructure(const std::string& path, const Shape& shape, const void* value) {
    if (IsNullElement(path, shape, value)) return CheckNullElement(path, shape);
    for (const Member& member : shape.members) {
      const std::string member_path =
          path.empty() ? PathName(member.name) : path + "." + PathName(member.name);
      const void* content = FindMember(value, member);
      if (content != nullptr) {
        CheckValue(member_path, *member.shape, content);
      } else if (member.required) {
        CheckAbsent(member, member_path);
      }
    }
  }

  base::Result<void, ApiError> Outcome() const {
    if (!missing_.empty()) return MissingParameter(missing_);
    if (!violations_.empty()) {
      const std::string count = std::to_string(violations_.size());
      const std::string_view noun =
          violations_.size() == 1 ? " validation error detected: " : " validation errors detected: ";
      return ValidationError(count + std::string(noun) + base::Join(violations_, "; "));
    }
    if (!sentence_.empty()) return ValidationError(sentence_);
    return {};
  }

 private:
  // A structure in a list of which nothing was sent.
  static bool IsNullElement(const std::string& path, const Shape& shape, const void* value) {
    return path.ends_with(".member") && std::ranges::all_of(shape.members, [&](const Member& member) {
             return FindMember(value, member) == nullptr;
           });
  }

  // Recorded for tags: the required members are missing, the last one is named first.
  void CheckNullElement(const std::string& path, const Shape& shape) {
    bool any = false;
    for (auto member = shape.members.rbegin(); member != shape.members.rend(); ++member) {
      any = any || member->required;
      if (member->required) CheckAbsent(*member, path + "." + PathName(member->name));
    }
    if (!any) Add(style_.show_null ? "Value null" : "Value", path, "Member must not be null");
  }

  void CheckAbsent(const Member& member, const std::string& path) {
    if (member.missing_parameter) {
      if (missing_.empty()) missing_ = member.name;
      return;
    }
    Add(style_.show_null ? "Value null" : "Value", path, "Member must not be null");
  }

  void CheckValue(const std::string& path, const Shape& shape, const void* value) {
    const BrokenClauses broken = FindBrokenClauses(style_, shape, value);
    if (!broken.clauses.empty()) {
      const std::string prefix = ValuePrefix(shape, value);
      for (const std::string& clause : broken.clauses) Add(prefix, path, clause);
    }
    if (broken.sentence && sentence_.empty()) {
      sentence_ = "The specified value for " + path.substr(path.rfind('.') + 1) + " is invalid. " +
                  std::string(shape.constraint->pattern_sentence);
    }
    if (shape.kind == Kind::kStructure) CheckStructure(path, shape, value);
    if (shape.kind == Kind::kList) CheckList(path, shape, value);
    if (shape.kind == Kind::kMap) CheckMap(path, shape, value);
  }

  void CheckList(const std::string& path, const Shape& shape, const void* list) {
    const Shape& element = *shape.element;
    for (size_t i = 0; i < shape.list->size(list); ++i) {
      const void* value = shape.list->at(list, i);
      if (!IsScalar(element)) {
        if (violations_.size() >= kMaxViolations) return;
        CheckValue(path + "." + std::to_string(i + 1) + ".member", element, value);
      } else if (IsBroken(element, value)) {
        // One violation speaks for all elements, with every clause of their shape.
        Add(ValuePrefix(shape, list), path,
            "Member must satisfy constraint: [" + ElementClauses(element) + "]");
        return;
      }
    }
  }

  void CheckMap(const std::string& path, const Shape& shape, const void* map) {
    const Shape& element = *shape.element;
    for (size_t i = 0; i < shape.map->size(map); ++i) {
      const void* value = shape.map->value_at(map, i);
      if (!IsScalar(element)) {
        if (violations_.size() >= kMaxViolations) return;
        CheckValue(path + "." + Cut(shape.map->key_at(map, i)) + ".member", element, value);
      } else if (IsBroken(element, value)) {
        Add("Value", path, "Map value must satisfy constraint: [" + ElementClauses(element) + "]");
        return;
      }
    }
  }

  bool IsBroken(const Shape& shape, const void* value) const {
    if (shape.kind == Kind::kString && *static_cast<const std::string*>(value) == kNullText) return true;
    const BrokenClauses broken = FindBrokenClauses(style_, shape, value);
    return broken.sentence || !broken.clauses.empty();
  }

  std::string ElementClauses(const Shape& shape) const { return base::Join(AllClauses(style_, shape), ", "); }

  // "Value 'x'", or "Value" where the value is not shown.
  std::string ValuePrefix(const Shape& shape, const void* value) const {
    const bool number = shape.kind == Kind::kInteger || shape.kind == Kind::kLong;
    if (IsHidden(shape) || (!style_.show_values && !number)) return "Value";
    switch (shape.kind) {
      case Kind::kString:
        return "Value '" + Cut(*static_cast<const std::string*>(value)) + "'";
      case Kind::kInteger:
        return "Value '" + std::to_string(*static_cast<const int32_t*>(value)) + "'";
      case Kind::kLong:
        return "Value '" + std::to_string(*static_cast<const int64_t*>(value)) + "'";
      case Kind::kList:
        return ListPrefix(shape, value);
      default:
        return "Value";
    }
  }

  std::string ListPrefix(const Shape& shape, const void* list) const {
    if (shape.element->kind != Kind::kString || IsHidden(*shape.element)) return "Value";
    std::string text = "[";
    for (size_t i = 0; i < shape.list->size(list) && text.size() <= kMaxQuotedBytes; ++i) {
      if (i > 0) text += ", ";
      const auto& element = *static_cast<const std::string*>(shape.list->at(list, i));
      text += element == kNullText ? "null" : element;
    }
    return "Value '" + Cut(text + "]") + "'";
  }

  void Add(std::string_view prefix, const std::string& path, std::string_view clause) {
    if (violations_.size() >= kMaxViolations) return;
    std::string text(prefix);
    text.append(" at '").append(path).append("' failed to satisfy constraint: ").append(clause);
    violations_.push_back(std::move(text));
  }

  const ValidationStyle& style_;
  std::vector<std::string> violations_;
  std::string sentence_;  // answered only when nothing else is wrong
  std::string missing_;
};

}  // namespace

base::Result<void, ApiError> Validate(const Service& service, const Shape& input, const void* request) {
  Checker checker(service.validation);
  checker.CheckStructure("", input, request);
  return checker.Outcome();
}

}  // namespace wardkeep::api
