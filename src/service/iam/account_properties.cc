#include "service/iam/account_properties.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/account_passwords.h"
#include "service/iam/delegation_consent.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

bool IsBoolean(std::string_view text) {
  return text == "true" || text == "false";
}

bool IsStrength(std::string_view text) {
  int bits = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), bits);
  return fault == std::errc() && end == text.data() + text.size() && bits >= 0 && bits <= kLargestStrength;
}

// The properties there are, and which values they take. AWS has one namespace, RoleManager, for role
// templates, which do not exist here.
struct PropertyRow {
  std::string_view key;
  bool (*takes)(std::string_view value);
  std::string_view expected;
};
constexpr std::array<PropertyRow, 3> kProperties = {{
    {kAcceptFromProperty, IsAccountList, "account ids with commas between them, * or none"},
    {kMinimumStrengthProperty, IsStrength, "a number from 0 to 128"},
    {kRefuseCommonProperty, IsBoolean, "true or false"},
}};

ApiResult<std::string> CheckProperty(const std::string& key, const std::string& value) {
  const std::size_t slash = key.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == key.size() ||
      key.find('/', slash + 1) != std::string::npos) {
    return api::iam::InvalidInput("Property key must be in format Namespace/PropertyName: " + key);
  }
  const auto* row = std::find_if(kProperties.begin(), kProperties.end(),
                                 [&](const PropertyRow& property) { return property.key == key; });
  if (row == kProperties.end()) {
    const std::string name_space = key.substr(0, slash);
    const bool is_known =
        std::any_of(kProperties.begin(), kProperties.end(),
                    [&](const PropertyRow& property) { return property.key.starts_with(name_space + "/"); });
    return api::iam::InvalidInput(is_known ? "The property " + key + " is not supported."
                                           : "Unsupported namespace: " + name_space);
  }
  if (!row->takes(value)) {
    return api::iam::InvalidInput("The value of the property " + key + " must be " +
                                  std::string(row->expected) + ".");
  }
  return key.substr(0, slash);
}

ApiResult<api::iam::PutAccountPropertiesResponse> PutAccountProperties(
    WriteContext& context, const api::iam::PutAccountPropertiesRequest& request) {
  entity::Account account = context.account().account();
  std::string first_namespace;
  for (const auto& [key, value] : *request.properties) {
    WK_ASSIGN(std::string key_namespace, CheckProperty(key, value));
    if (!first_namespace.empty() && key_namespace != first_namespace) {
      return api::iam::InvalidInput("All properties must belong to the same namespace");
    }
    first_namespace = std::move(key_namespace);
    const auto at =
        std::lower_bound(account.properties.begin(), account.properties.end(), key,
                         [](const auto& pair, const std::string& wanted) { return pair.first < wanted; });
    if (at != account.properties.end() && at->first == key) {
      at->second = value;
    } else {
      account.properties.emplace(at, key, value);
    }
  }
  if (first_namespace.empty()) {
    return api::ValidationError(
        "1 validation error detected: Value at 'properties' failed to satisfy constraint: Member must not be "
        "null");
  }
  context.edit.PutAccount(std::move(account));
  return api::iam::PutAccountPropertiesResponse{};
}

ApiResult<api::iam::GetAccountPropertiesResponse> GetAccountProperties(
    const ReadContext& context, const api::iam::GetAccountPropertiesRequest&) {
  api::iam::GetAccountPropertiesResponse response;
  response.properties = context.account.account().properties;
  return response;
}

}  // namespace

void RegisterAccountProperties(pipeline::Registry& registry) {
  registry.Write("iam", "PutAccountProperties", PutAccountProperties);
  registry.Read("iam", "GetAccountProperties", GetAccountProperties);
}

}  // namespace wardkeep::service::iam
