#include "service/iam/context_entries.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "api/iam/errors.h"
#include "base/ascii.h"
#include "base/base64.h"
#include "policy/condition/date_value.h"
#include "policy/condition/decimal.h"
#include "policy/condition/ip_block.h"

namespace wardkeep::service::iam {
namespace {

bool IsText(std::string_view) {
  return true;
}
bool IsNumeric(std::string_view text) {
  return policy::ParseDecimal(text).has_value();
}
bool IsBoolean(std::string_view text) {
  return base::EqualsIgnoreAsciiCase(text, "true") || base::EqualsIgnoreAsciiCase(text, "false");
}
bool IsAddress(std::string_view text) {
  return policy::ParseIpBlock(text).has_value();
}
bool IsBinary(std::string_view text) {
  return base::Base64Decode(text).has_value();
}
bool IsDate(std::string_view text) {
  return policy::ParseDate(text).has_value();
}

struct TypeRow {
  std::string_view name;
  bool is_list;
  bool (*accepts)(std::string_view);
};

constexpr std::array<TypeRow, 12> kTypes = {{
    {"string", false, IsText},
    {"stringList", true, IsText},
    {"numeric", false, IsNumeric},
    {"numericList", true, IsNumeric},
    {"boolean", false, IsBoolean},
    {"booleanList", true, IsBoolean},
    {"ip", false, IsAddress},
    {"ipList", true, IsAddress},
    {"binary", false, IsBinary},
    {"binaryList", true, IsBinary},
    {"date", false, IsDate},
    {"dateList", true, IsDate},
}};

ApiResult<void> AddEntry(const api::iam::ContextEntry& entry, policy::RequestContext& context) {
  if (!entry.context_key_name || entry.context_key_name->empty()) {
    return api::iam::InvalidInput("Context entries must have a context key name.");
  }
  const std::string& key = *entry.context_key_name;
  const auto type = std::ranges::find(kTypes, entry.context_key_type.value_or(""), &TypeRow::name);
  if (type == kTypes.end()) {
    return api::iam::InvalidInput("Context key " + key + " must have a context key type.");
  }
  std::vector<std::string> values = entry.context_key_values.value_or(std::vector<std::string>());
  if (!type->is_list && values.size() != 1) {
    return api::iam::InvalidInput("Context key " + key + " of type " + std::string(type->name) +
                                  " must have exactly one value.");
  }
  for (const std::string& value : values) {
    if (!type->accepts(value)) {
      return api::iam::InvalidInput("Context key " + key + " has a value that is not of type " +
                                    std::string(type->name) + ": " + value);
    }
  }
  if (type->is_list) {
    context.SetMulti(key, std::move(values));
  } else {
    context.Set(key, std::move(values.front()));
  }
  return {};
}

}  // namespace

ApiResult<void> AddContextEntries(const std::vector<api::iam::ContextEntry>& entries,
                                  policy::RequestContext& context) {
  for (const api::iam::ContextEntry& entry : entries) WK_TRY(AddEntry(entry, context));
  return {};
}

}  // namespace wardkeep::service::iam
