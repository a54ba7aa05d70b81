// JSON bytes to a request of any operation: never a crash; what was decoded can be validated and encodes to
// JSON that decodes to the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/any_struct.h"
#include "api/operation.h"
#include "api/validate.h"
#include "json/writer.h"
#include "wire/aws_json.h"
#include "wire/json_value.h"

namespace {

using namespace wardkeep;

std::string AsJson(const api::Shape& shape, const void* value) {
  json::Writer out;
  wire::WriteJsonValue(out, shape, {}, value);
  return std::move(out).Take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const auto& service = *api::Services()[data[0] % api::Services().size()];
  const api::Operation& operation = service.operations[data[1] % service.operations.size()];
  const api::Shape& input = *operation.input;
  api::AnyStruct request = api::AnyStruct::Make(input);
  const std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (!wire::DecodeAwsJson(body, input, request.data()).has_value()) return 0;
  const auto outcome = api::Validate(service, input, request.data());
  if (!outcome.has_value() && outcome.error().message.size() > 200'000) std::abort();
  const std::string text = AsJson(input, request.data());
  api::AnyStruct again = api::AnyStruct::Make(input);
  if (!wire::DecodeAwsJson(text, input, again.data()).has_value() || AsJson(input, again.data()) != text)
    std::abort();
  return 0;
}
