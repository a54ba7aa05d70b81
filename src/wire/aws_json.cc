#include "wire/aws_json.h"

#include "json/parse.h"
#include "json/writer.h"
#include "wire/json_value.h"

namespace wardkeep::wire {
namespace {

constexpr JsonRules kRules = {.names = JsonNames::kModel};
constexpr size_t kMaxBodyBytes = 10'000'000;

}  // namespace

std::string AwsJsonContentType(const api::Service& service) {
  return "application/x-amz-json-" + std::string(service.json_version.empty() ? "1.1" : service.json_version);
}

std::string_view TargetOperation(const api::Service& service, std::string_view target) {
  const std::string_view prefix = service.target_prefix;
  if (prefix.empty() || !target.starts_with(prefix)) return {};
  target.remove_prefix(prefix.size());
  return target.starts_with('.') ? target.substr(1) : std::string_view();
}

base::Result<void, api::ApiError> DecodeAwsJson(std::string_view body, const api::Shape& input, void* out) {
  if (body.empty()) return {};
  const auto root = json::Parse(body, {.max_bytes = kMaxBodyBytes});
  if (!root.has_value())
    return api::Serialization("Unable to parse the request body: " + root.error().message);
  return ReadJsonValue(*root, input, kRules, out);
}

std::string EncodeAwsJsonResponse(const api::Operation& operation, const void* response) {
  json::Writer out;
  WriteJsonValue(out, *operation.output, kRules, response);
  return std::move(out).Take();
}

std::string EncodeAwsJsonError(const api::ApiError& error, std::string_view type_namespace) {
  std::string type(type_namespace);
  if (!type.empty()) type += '#';
  type += AwsJsonErrorType(error);
  json::Writer out;
  out.BeginObject().Key("__type").String(type);
  if (!error.message.empty()) out.Key("Message").String(error.message);
  for (const auto& [name, value] : error.members) out.Key(name).String(value);
  out.EndObject();
  return std::move(out).Take();
}

int AwsJsonErrorStatus(const api::ApiError& error) {
  return api::IsCommonError(error.code) && error.http_status < 500 ? 400 : error.http_status;
}

std::string_view AwsJsonErrorType(const api::ApiError& error) {
  return api::JsonErrorCode(error.code);
}

}  // namespace wardkeep::wire
