#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "capi/handles.h"
#include "capi/texts.h"
#include "evaluate_format/parse.h"
#include "evaluate_format/principal.h"
#include "evaluate_format/request.h"

namespace wardkeep::capi {
namespace {

using evaluate_format::EvaluateError;
using evaluate_format::EvaluateResult;
using evaluate_format::InvalidInput;

EvaluateResult<std::string> Text(wk_string text, std::string_view name) {
  WK_ASSIGN(const std::string_view view, TextView(text, name));
  return std::string(view);
}

EvaluateResult<std::string_view> Filled(wk_string text, std::string_view name) {
  WK_ASSIGN(const std::string_view view, TextView(text, name));
  if (view.empty()) return InvalidInput(std::string(name) + " is empty");
  return view;
}

EvaluateResult<policy::Principal> ReadPrincipal(const wk_principal& given) {
  evaluate_format::PrincipalTexts texts;
  WK_ASSIGN(texts.arn, Text(given.arn, "principal.arn"));
  WK_ASSIGN(texts.service, Text(given.service, "principal.service"));
  WK_ASSIGN(texts.federated, Text(given.federated, "principal.federated"));
  WK_ASSIGN(texts.parent_arn, Text(given.parent_arn, "principal.parent_arn"));
  WK_ASSIGN(texts.role_arn, Text(given.role_arn, "principal.role_arn"));
  WK_ASSIGN(texts.unique_id, Text(given.unique_id, "principal.unique_id"));
  if (texts.arn.empty() && texts.service.empty() && texts.federated.empty()) return policy::Principal{};
  return evaluate_format::MakePrincipal(std::move(texts));
}

EvaluateResult<std::string_view> ReadAccount(wk_string text) {
  WK_ASSIGN(const std::string_view account, TextView(text, "resource_account"));
  if (!account.empty() && !base::IsAccountId(account)) {
    return InvalidInput("resource_account must be 12 digits");
  }
  return account;
}

std::size_t ValuesOf(const policy::RequestContext& context) {
  std::size_t count = 0;
  for (const policy::RequestContext::Entry& entry : context.entries()) count += entry.values.size();
  return count;
}

EvaluateResult<void> SetKey(const wk_context_key& given, policy::RequestContext& context) {
  WK_ASSIGN(const std::string_view key, Filled(given.key, "a context key"));
  if (given.values == nullptr && given.value_count != 0) {
    return EvaluateError{"InvalidArgument", "the values of a context key are null", {}, {}};
  }
  if (given.value_count > WK_MAX_CONTEXT_VALUES) {
    return EvaluateError{"InputTooLarge", "a context key has too many values", {}, {}};
  }
  std::vector<std::string> values;
  values.reserve(given.value_count);
  for (const wk_string& value : std::span(given.values, given.value_count)) {
    WK_ASSIGN(std::string text, Text(value, "a context value"));
    values.push_back(std::move(text));
  }
  if (values.size() == 1 && given.multi_valued == 0) {
    context.Set(key, std::move(values.front()));
  } else {
    context.SetMulti(key, std::move(values));
  }
  return {};
}

EvaluateResult<void> FillContext(const wk_request_fields& fields, policy::RequestContext& context) {
  if (fields.context == nullptr && fields.context_count != 0) {
    return EvaluateError{"InvalidArgument", "context is null and has a length", {}, {}};
  }
  if (fields.context_count > WK_MAX_CONTEXT_KEYS) {
    return EvaluateError{"InputTooLarge", "the context has too many keys", {}, {}};
  }
  std::size_t values = 0;
  for (const wk_context_key& given : std::span(fields.context, fields.context_count)) {
    values += given.value_count;
    if (values > WK_MAX_CONTEXT_VALUES) {
      return EvaluateError{"InputTooLarge", "the context has too many values", {}, {}};
    }
    const std::size_t before = context.entries().size();
    WK_TRY(SetKey(given, context));
    if (context.entries().size() == before) {
      return InvalidInput("a context key is given twice; letter case does not count");
    }
  }
  return {};
}

EvaluateResult<policy::Request> ReadFields(const wk_request_fields& fields) {
  policy::Request request;
  WK_ASSIGN(request.principal, ReadPrincipal(fields.principal));
  WK_ASSIGN(request.action, Filled(fields.action, "action"));
  WK_ASSIGN(request.resource, Filled(fields.resource, "resource"));
  WK_ASSIGN(request.resource_account, ReadAccount(fields.resource_account));
  request.wildcard_only = fields.wildcard_only != 0;
  WK_TRY(FillContext(fields, request.context));
  policy::FillPrincipalKeys(request.principal, {}, request.context);
  return request;
}

EvaluateResult<policy::Request> ReadJson(std::string_view text) {
  WK_ASSIGN(const evaluate_format::ParsedText parsed, evaluate_format::ParseText(text));
  if (parsed.repeated) return *parsed.repeated;
  return evaluate_format::ReadRequest(parsed.root);
}

wk_status Finish(EvaluateResult<policy::Request> made, wk_request** out, wk_text** error) {
  if (!made) return Fail(made.error(), error);
  *out = std::make_unique<wk_request>(std::move(*made)).release();
  return WK_OK;
}

}  // namespace
}  // namespace wardkeep::capi

wk_status wk_request_create(const wk_request_fields* fields, wk_request** out, wk_text** error) {
  using namespace wardkeep::capi;
  Clear(error);
  if (out == nullptr) return WK_INVALID_ARGUMENT;
  *out = nullptr;
  if (fields == nullptr || fields->size != sizeof(wk_request_fields)) return WK_INVALID_ARGUMENT;
  return Guarded([&] { return Finish(ReadFields(*fields), out, error); });
}

wk_status wk_request_parse(const char* json, size_t length, wk_request** out, wk_text** error) {
  using namespace wardkeep::capi;
  Clear(error);
  if (out == nullptr) return WK_INVALID_ARGUMENT;
  *out = nullptr;
  return Guarded([&] {
    const auto text = JsonView(json, length);
    if (!text) return Fail(text.error(), error);
    return Finish(ReadJson(*text), out, error);
  });
}

wk_status wk_request_set_action(wk_request* request, wk_string action) {
  using namespace wardkeep::capi;
  if (request == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    const auto text = Filled(action, "action");
    if (!text) return StatusOf(text.error());
    request->bytes -= request->request.action.size();
    request->request.action.assign(*text);
    request->bytes += request->request.action.size();
    return WK_OK;
  });
}

wk_status wk_request_set_resource(wk_request* request, wk_string resource, wk_string resource_account) {
  using namespace wardkeep::capi;
  if (request == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    const auto text = Filled(resource, "resource");
    if (!text) return StatusOf(text.error());
    const auto account = ReadAccount(resource_account);
    if (!account) return StatusOf(account.error());
    wardkeep::policy::Request& changed = request->request;
    changed.resource_account.reserve(account->size());  // so that only the first assignment may fail
    const std::size_t before = changed.resource.size();
    changed.resource.assign(*text);
    changed.resource_account.assign(*account);
    request->bytes += changed.resource.size() - before;
    return WK_OK;
  });
}

wk_status wk_request_set_context(wk_request* request, const wk_context_key* key) {
  using namespace wardkeep::capi;
  if (request == nullptr || key == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    wardkeep::policy::RequestContext& context = request->request.context;
    if (context.entries().size() >= 2 * WK_MAX_CONTEXT_KEYS ||
        key->value_count > WK_MAX_CONTEXT_VALUES - std::min(ValuesOf(context), WK_MAX_CONTEXT_VALUES)) {
      return WK_TOO_LARGE;
    }
    const auto set = SetKey(*key, context);
    if (!set) return StatusOf(set.error());
    request->bytes = wardkeep::evaluate_format::BytesOf(request->request);
    return WK_OK;
  });
}

void wk_request_free(wk_request* request) {
  delete request;
}
