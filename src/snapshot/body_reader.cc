#include "snapshot/body_reader.h"

#include <utility>

#include "base/base64.h"
#include "json/parse.h"

namespace wardkeep::snapshot {

BodyReader::BodyReader(std::string_view kind, std::string_view body) : kind_(kind) {
  // Bodies were written by this program: the limits only keep a damaged one from running away.
  auto parsed = json::Parse(body, {.max_depth = 16, .max_bytes = std::size_t{256} << 20});
  if (!parsed) {
    fault_ = "body is not JSON: " + parsed.error().message;
    return;
  }
  value_ = std::move(parsed).value();
  const json::Value* version = value_.Find("v");
  const auto number = version == nullptr ? std::nullopt : version->AsInt64();
  if (!number) {
    fault_ = "body has no format version";
  } else if (*number != kBodyVersion) {
    fault_ = "body has format version " + std::to_string(*number) + ", this program knows version 1";
  }
}

base::Result<void> BodyReader::Finish() const {
  if (fault_.empty()) return {};
  return base::Error(base::ErrorCode::kCorrupt, "stored " + kind_ + ": " + fault_);
}

void BodyFields::Fault(std::string_view name, std::string_view what) const {
  if (!reader_->fault_.empty()) return;
  reader_->fault_.append("member `").append(name).append("` ").append(what);
}

const json::Value* BodyFields::Find(std::string_view name) const {
  if (object_ == nullptr || !reader_->fault_.empty()) return nullptr;
  const json::Value* value = object_->Find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

bool BodyFields::Has(std::string_view name) const {
  return Find(name) != nullptr;
}

const std::string* BodyFields::FindText(std::string_view name, bool required) const {
  const json::Value* value = Find(name);
  if (value == nullptr) {
    if (required) Fault(name, "is missing");
    return nullptr;
  }
  const std::string* text = value->AsString();
  if (text == nullptr) Fault(name, "is not a string");
  return text;
}

std::string BodyFields::Text(std::string_view name) const {
  const std::string* text = FindText(name, true);
  if (text != nullptr && text->empty()) Fault(name, "is empty");
  return text == nullptr ? std::string() : *text;
}

std::string BodyFields::OptionalText(std::string_view name) const {
  const std::string* text = FindText(name, false);
  return text == nullptr ? std::string() : *text;
}

std::vector<std::string> BodyFields::OptionalTexts(std::string_view name) const {
  std::vector<std::string> texts;
  const json::Value* value = Find(name);
  if (value == nullptr) return texts;
  if (!value->is_array()) Fault(name, "is not an array");
  texts.reserve(value->elements().size());
  for (const auto& element : value->elements()) {
    if (const std::string* text = element.AsString()) {
      texts.push_back(*text);
    } else {
      Fault(name, "holds something else than strings");
    }
  }
  return texts;
}

std::vector<std::pair<std::string, std::string>> BodyFields::OptionalPairs(std::string_view name) const {
  std::vector<std::pair<std::string, std::string>> pairs;
  const json::Value* value = Find(name);
  if (value == nullptr) return pairs;
  if (!value->is_array()) Fault(name, "is not an array");
  pairs.reserve(value->elements().size());
  for (const auto& element : value->elements()) {
    const auto parts = element.elements();
    if (parts.size() == 2 && parts[0].is_string() && parts[1].is_string()) {
      pairs.emplace_back(*parts[0].AsString(), *parts[1].AsString());
    } else {
      Fault(name, "holds something else than pairs of strings");
    }
  }
  return pairs;
}

std::string BodyFields::Bytes(std::string_view name) const {
  const auto bytes = base::Base64Decode(Text(name));
  if (!bytes) {
    Fault(name, "is not base64");
    return {};
  }
  return {bytes->begin(), bytes->end()};
}

std::optional<base::Instant> BodyFields::OptionalTime(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  const auto micros = value->AsInt64();
  if (!micros) {
    Fault(name, "is not a time");
    return std::nullopt;
  }
  return base::Instant(std::chrono::microseconds(*micros));
}

base::Instant BodyFields::Time(std::string_view name) const {
  const auto time = OptionalTime(name);
  if (!time) Fault(name, "is missing");
  return time.value_or(base::Instant());
}

bool BodyFields::Flag(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr) return false;
  const auto flag = value->AsBool();
  if (!flag) Fault(name, "is not a boolean");
  return flag.value_or(false);
}

int64_t BodyFields::Int(std::string_view name, int64_t min, int64_t max) const {
  const json::Value* value = Find(name);
  const auto number = value == nullptr ? std::nullopt : value->AsInt64();
  if (!number || *number < min || *number > max) {
    Fault(name, "is not a number in its range");
    return min;
  }
  return *number;
}

std::optional<BodyFields> BodyFields::OptionalObject(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) Fault(name, "is not an object");
  return BodyFields(*reader_, value);
}

void BodyFields::Each(std::string_view name, const std::function<void(const BodyFields&)>& visit) const {
  const json::Value* value = Find(name);
  if (value == nullptr) return;
  if (!value->is_array()) Fault(name, "is not an array");
  for (const auto& element : value->elements()) {
    if (!element.is_object()) Fault(name, "holds something else than objects");
    visit(BodyFields(*reader_, &element));
  }
}

}  // namespace wardkeep::snapshot
