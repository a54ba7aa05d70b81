// Form bytes to a request of any operation: never a crash, a hang or memory beyond the bytes sent; what was
// decoded can be validated, and read back from JSON as the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/any_struct.h"
#include "api/operation.h"
#include "api/validate.h"
#include "json/parse.h"
#include "json/writer.h"
#include "wire/aws_query.h"
#include "wire/form.h"
#include "wire/json_value.h"

namespace {

using namespace wardkeep;

std::string AsJson(const api::Shape& shape, const void* value) {
  json::Writer out;
  wire::WriteJsonValue(out, shape, {}, value);
  return std::move(out).Take();
}

void CheckRoundTrip(const api::Shape& shape, const api::AnyStruct& request) {
  const std::string text = AsJson(shape, request.data());
  const auto root = json::Parse(text, {.duplicates = json::Duplicates::kKeep});
  if (!root.has_value()) std::abort();
  api::AnyStruct again = api::AnyStruct::Make(shape);
  const auto outcome = wire::ReadJsonValue(*root, shape, {}, again.data());
  // A union may be broken in a form, and JSON refuses it.
  if (outcome.has_value() && AsJson(shape, again.data()) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const auto& service = *api::Services()[data[0] % api::Services().size()];
  const api::Operation& operation = service.operations[data[1] % service.operations.size()];
  const auto form = wire::ParseForm({reinterpret_cast<const char*>(data) + 2, size - 2});
  if (!form.has_value()) return 0;
  api::AnyStruct request = api::AnyStruct::Make(*operation.input);
  if (!wire::DecodeQuery(*form, *operation.input, request.data()).has_value()) return 0;
  const auto outcome = api::Validate(service, *operation.input, request.data());
  if (!outcome.has_value() && outcome.error().message.size() > 200'000) std::abort();
  CheckRoundTrip(*operation.input, request);
  return 0;
}
