#include "json/parse.h"

#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "json/number.h"

namespace wardkeep::json {
namespace {

namespace ondemand = simdjson::ondemand;

// Recursion follows the nesting of the text; this bounds the stack whatever the caller asks for.
constexpr std::size_t kDeepest = 1000;

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view TrimEnd(std::string_view token) {
  while (!token.empty() && IsSpace(token.back())) token.remove_suffix(1);
  return token;
}

// Walks a document once, forwards, and builds the tree. One object per Parse call. On failure every function
// returns false and `error_` holds the reason.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const ParseLimits& limits) : limits_(limits), padded_(text) {}

  bool Build(Value& out) {
    if (const auto error = parser_.iterate(padded_).get(document_)) return FailWith(error);
    ondemand::json_type type{};
    if (const auto error = document_.type().get(type)) return FailWith(error);
    switch (type) {
      case ondemand::json_type::array: {
        ondemand::array array;
        if (const auto error = document_.get_array().get(array)) return FailWith(error);
        return ReadArray(array, Here(document_.raw_json_token()), 1, out) && NothingFollows();
      }
      case ondemand::json_type::object: {
        ondemand::object object;
        if (const auto error = document_.get_object().get(object)) return FailWith(error);
        return ReadObject(object, Here(document_.raw_json_token()), 1, out) && NothingFollows();
      }
      default:
        return ReadRootScalar(out);
    }
  }

  ParseError TakeError() { return std::move(error_); }

 private:
  std::size_t OffsetOf(const char* at) const { return static_cast<std::size_t>(at - padded_.data()); }

  bool Fail(ParseErrorCode code, std::string message, std::size_t offset) {
    error_ = {code, std::move(message), static_cast<uint32_t>(std::min(offset, padded_.size())), {}};
    return false;
  }

  bool FailWith(simdjson::error_code error) {
    const char* location = nullptr;
    std::size_t offset = 0;
    if (document_.is_alive() && document_.current_location().get(location) == simdjson::SUCCESS) {
      offset = OffsetOf(location);
    }
    if (error == simdjson::UTF8_ERROR)
      return Fail(ParseErrorCode::kInvalidUtf8, "text is not valid UTF-8", 0);
    return Fail(ParseErrorCode::kSyntax, "text is not valid JSON", offset);
  }

  // Reads one value of any kind; `depth` is the number of arrays and objects around it.
  bool ReadValue(ondemand::value value, std::size_t depth, Value& out) {
    if (++values_ > limits_.max_values) return Fail(ParseErrorCode::kTooLarge, "text has too many values", 0);
    const std::string_view token = value.raw_json_token();
    const std::size_t start = OffsetOf(token.data());
    switch (token.empty() ? '\0' : token.front()) {
      case '[': {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return FailWith(error);
        return ReadArray(array, start, depth + 1, out);
      }
      case '{': {
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return FailWith(error);
        return ReadObject(object, start, depth + 1, out);
      }
      case '"': {
        std::string_view text;
        if (const auto error = value.get_string().get(text)) return FailWith(error);
        out = Value::String(std::string(text), SpanOf(token));
        return true;
      }
      default:
        return ReadLiteral(token, out);
    }
  }

  bool ReadArray(ondemand::array array, std::size_t start, std::size_t depth, Value& out) {
    if (!MayNest(depth, start)) return false;
    Value::Array elements;
    for (auto item : array) {
      ondemand::value value;
      if (const auto error = item.get(value)) return FailWith(error);
      Value element;
      if (!ReadValue(value, depth, element)) return false;
      elements.push_back(std::move(element));
    }
    const std::optional<Span> span = ClosedSpan(start);
    if (!span) return false;
    elements.shrink_to_fit();
    out = Value::FromArray(std::move(elements), *span);
    return true;
  }

  bool ReadObject(ondemand::object object, std::size_t start, std::size_t depth, Value& out) {
    if (!MayNest(depth, start)) return false;
    Value::Object members;
    for (auto item : object) {
      ondemand::field field;
      if (const auto error = std::move(item).get(field)) return FailWith(error);
      Member member;
      const std::size_t key_start = OffsetOf(field.key().raw()) - 1;
      member.key_span = {static_cast<uint32_t>(key_start), static_cast<uint32_t>(StringEnd(key_start))};
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return FailWith(error);
      member.key = key;
      if (!ReadValue(field.value(), depth, member.value)) return false;
      members.push_back(std::move(member));
    }
    const std::optional<Span> span = ClosedSpan(start);
    if (!span || !NamesDiffer(members)) return false;
    members.shrink_to_fit();
    out = Value::FromObject(std::move(members), *span);
    return true;
  }

  // null, true, false or a number: the whole token is checked here, so that a number is never rounded.
  bool ReadLiteral(std::string_view token, Value& out) {
    const Span span = SpanOf(token);
    const std::string_view text = TrimEnd(token);
    if (text == "null") {
      out = Value::Null(span);
    } else if (text == "true" || text == "false") {
      out = Value::Bool(text == "true", span);
    } else if (IsNumber(text)) {
      out = Value::Number(std::string(text), span);
    } else {
      return Fail(ParseErrorCode::kSyntax, "text is not valid JSON", span.start);
    }
    return true;
  }

  // A root scalar is the only token, so its token reaches to the end of the text.
  bool ReadRootScalar(Value& out) {
    std::string_view token;
    if (const auto error = document_.raw_json_token().get(token)) return FailWith(error);
    if (OffsetOf(token.data() + token.size()) < padded_.size()) {
      return Fail(ParseErrorCode::kTrailingText, "text goes on after the JSON value",
                  OffsetOf(token.data() + token.size()));
    }
    if (token.front() != '"') return ReadLiteral(token, out);
    std::string_view text;
    if (const auto error = document_.get_string().get(text)) return FailWith(error);
    out = Value::String(std::string(text), SpanOf(token));
    return true;
  }

  std::size_t Here(simdjson::simdjson_result<std::string_view> token) const {
    std::string_view text;
    return std::move(token).get(text) == simdjson::SUCCESS ? OffsetOf(text.data()) : 0;
  }

  bool MayNest(std::size_t depth, std::size_t start) {
    if (depth <= std::min(limits_.max_depth, kDeepest)) return true;
    return Fail(ParseErrorCode::kTooDeep, "text is nested too deeply", start);
  }

  // The reader stands on the token after the closing bracket; only white space lies between.
  std::optional<Span> ClosedSpan(std::size_t start) {
    const char* location = nullptr;
    std::size_t end = padded_.size();
    const auto error = document_.current_location().get(location);
    if (error == simdjson::SUCCESS) {
      end = OffsetOf(location);
    } else if (error != simdjson::OUT_OF_BOUNDS) {
      FailWith(error);
      return std::nullopt;
    }
    return SpanOf(std::string_view(padded_).substr(start, end - start));
  }

  bool NothingFollows() {
    const char* location = nullptr;
    const auto error = document_.current_location().get(location);
    if (error == simdjson::OUT_OF_BOUNDS) return true;
    if (error != simdjson::SUCCESS) return FailWith(error);
    return Fail(ParseErrorCode::kTrailingText, "text goes on after the JSON value", OffsetOf(location));
  }

  Span SpanOf(std::string_view token) const {
    const std::size_t start = OffsetOf(token.data());
    return {static_cast<uint32_t>(start), static_cast<uint32_t>(start + TrimEnd(token).size())};
  }

  // One past the closing quote of the string that opens at `start`.
  std::size_t StringEnd(std::size_t start) const {
    const char* text = padded_.data();
    std::size_t at = start + 1;
    while (at < padded_.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, padded_.size());
  }

  bool NamesDiffer(const Value::Object& members) {
    if (limits_.duplicates == Duplicates::kKeep || members.size() < 2) return true;
    std::vector<const Member*> sorted;
    sorted.reserve(members.size());
    for (const Member& member : members) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](const Member* a, const Member* b) {
      return std::pair(std::string_view(a->key), a->key_span.start) <
             std::pair(std::string_view(b->key), b->key_span.start);
    });
    const auto twin = std::adjacent_find(sorted.begin(), sorted.end(),
                                         [](const Member* a, const Member* b) { return a->key == b->key; });
    if (twin == sorted.end()) return true;
    return Fail(ParseErrorCode::kDuplicateMember,
                "member `" + (*twin)->key + "` is given twice in one object", (*(twin + 1))->key_span.start);
  }

  const ParseLimits& limits_;
  simdjson::padded_string padded_;
  ondemand::parser parser_;
  ondemand::document document_;
  std::size_t values_ = 0;
  ParseError error_;
};

}  // namespace

base::Result<Value, ParseError> Parse(std::string_view text, const ParseLimits& limits) {
  const std::size_t max_bytes =
      std::min<std::size_t>(limits.max_bytes, std::numeric_limits<uint32_t>::max() / 2);
  if (text.size() > max_bytes) {
    return ParseError{ParseErrorCode::kTooLarge, "text is too long", 0, {}};
  }
  TreeBuilder builder(text, limits);
  Value root;
  if (builder.Build(root)) return root;
  ParseError error = builder.TakeError();
  error.position = LineIndex(text.substr(0, error.offset)).At(error.offset);
  return error;
}

}  // namespace wardkeep::json
