#include "wire/form.h"

#include <optional>

#include "base/percent.h"
#include "base/utf8.h"

namespace wardkeep::wire {
namespace {

using api::ApiError;

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// AWS words the two ways an escape can be broken apart (wire-protocols.md section 9).
ApiError BrokenEscape(std::string_view text) {
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 3 > text.size()) break;
    if (!IsHex(text[at + 1]) || !IsHex(text[at + 2])) {
      return api::MalformedQueryString("Illegal hex characters in escape % pattern: " +
                                       std::string(text.substr(at, 3)));
    }
  }
  return api::MalformedQueryString("Incomplete trailing escape % sequence");
}

base::Result<std::string, ApiError> Decode(std::string_view text) {
  std::optional<std::string> decoded = base::PercentDecode(text, base::PlusSign::kSpace);
  if (!decoded.has_value()) return BrokenEscape(text);
  if (!base::IsUtf8(*decoded)) return api::MalformedInput();
  return std::move(*decoded);
}

}  // namespace

const std::string* FormParameters::Find(std::string_view name) const {
  for (const auto& [key, value] : pairs) {
    if (key == name) return &value;
  }
  return nullptr;
}

base::Result<void, ApiError> ParseFormInto(std::string_view text, FormParameters& form) {
  while (!text.empty()) {
    const size_t end = text.find('&');
    const std::string_view part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (part.empty()) continue;
    if (form.pairs.size() == kMaxFormParameters) return api::MalformedInput();
    const size_t equals = part.find('=');
    const std::string_view raw =
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    WK_ASSIGN(std::string name, Decode(part.substr(0, equals)));
    WK_ASSIGN(std::string value, Decode(raw));
    form.pairs.emplace_back(std::move(name), std::move(value));
  }
  return {};
}

base::Result<FormParameters, ApiError> ParseForm(std::string_view text) {
  FormParameters form;
  WK_TRY(ParseFormInto(text, form));
  return form;
}

}  // namespace wardkeep::wire
