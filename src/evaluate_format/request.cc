#include "evaluate_format/request.h"

#include <optional>

#include "base/account_id.h"
#include "evaluate_format/members.h"
#include "evaluate_format/principal.h"

namespace wardkeep::evaluate_format {
namespace {

// A context keeps its keys sorted as they come, which takes time with the square of their number.
constexpr std::size_t kMostKeys = 4096;

// The text of a scalar, as policies compare it; nullopt for anything else.
std::optional<std::string> ScalarText(const json::Value& value) {
  if (const std::string* text = value.AsString()) return *text;
  if (const std::optional<bool> flag = value.AsBool()) return *flag ? "true" : "false";
  if (value.is_number()) return std::string(value.number_text());
  return std::nullopt;
}

EvaluateResult<std::vector<std::string>> ReadSet(const json::Member& member) {
  std::vector<std::string> values;
  for (const json::Value& element : member.value.elements()) {
    std::optional<std::string> text = ScalarText(element);
    if (!text)
      return InvalidInput("request.context." + member.key + " may hold strings, numbers and booleans only");
    values.push_back(std::move(*text));
  }
  return values;
}

EvaluateResult<void> FillContext(const json::Value& request, policy::RequestContext& context) {
  const json::Value* value = request.Find("context");
  if (value == nullptr) return {};
  WK_TRY(ExpectObject(*value, "request.context"));
  if (value->members().size() > kMostKeys) {
    return EvaluateError{"InputTooLarge", "request.context may have 4096 keys at most", {}, {}};
  }
  for (const json::Member& member : value->members()) {
    if (context.Find(member.key) != nullptr) {
      return InvalidInput("request.context." + member.key + " is given twice; letter case does not count");
    }
    if (member.value.is_array()) {
      WK_ASSIGN(std::vector<std::string> values, ReadSet(member));
      context.SetMulti(member.key, std::move(values));
    } else if (std::optional<std::string> text = ScalarText(member.value)) {
      context.Set(member.key, std::move(*text));
    } else {
      return InvalidInput("request.context." + member.key + " must be a string, number, boolean or array");
    }
  }
  return {};
}

EvaluateResult<void> FillResource(const json::Value& value, policy::Request& request) {
  const json::Value* resource = value.Find("resource");
  if (resource == nullptr) return InvalidInput("request.resource is missing");
  WK_TRY(ExpectObject(*resource, "request.resource"));
  WK_TRY(ExpectOnly(*resource, "request.resource", {"arn", "accountId"}));
  WK_ASSIGN(request.resource, RequiredText(*resource, "request.resource", "arn"));
  WK_ASSIGN(request.resource_account, OptionalText(*resource, "request.resource", "accountId"));
  if (!request.resource_account.empty() && !base::IsAccountId(request.resource_account)) {
    return InvalidInput("request.resource.accountId must be 12 digits");
  }
  if (const json::Value* wildcard_only = value.Find("wildcardOnly")) {
    if (!wildcard_only->is_bool()) return InvalidInput("request.wildcardOnly must be a boolean");
    request.wildcard_only = *wildcard_only->AsBool();
  }
  return {};
}

}  // namespace

EvaluateResult<policy::Request> ReadRequest(const json::Value& value) {
  WK_TRY(ExpectObject(value, "request"));
  WK_TRY(ExpectOnly(value, "request", {"principal", "action", "resource", "context", "wildcardOnly"}));
  const json::Value* principal = value.Find("principal");
  if (principal == nullptr) return InvalidInput("request.principal is missing; null is an anonymous caller");
  WK_ASSIGN(EvaluatePrincipal caller, ReadPrincipal(*principal));
  policy::Request request;
  request.principal = std::move(caller.principal);
  WK_ASSIGN(request.action, RequiredText(value, "request", "action"));
  WK_TRY(FillResource(value, request));
  WK_TRY(FillContext(value, request.context));
  policy::FillPrincipalKeys(request.principal, caller.tags, request.context);
  return request;
}

}  // namespace wardkeep::evaluate_format
