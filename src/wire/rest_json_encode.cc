#include <algorithm>

#include "base/base64.h"
#include "json/writer.h"
#include "wire/aws_json.h"
#include "wire/json_value.h"
#include "wire/rest_json.h"
#include "wire/scalar_text.h"

namespace wardkeep::wire {
namespace {

using api::Kind;
using api::Location;
using api::Member;
using api::Shape;
using api::TimestampFormat;

constexpr JsonRules kRules = {.names = JsonNames::kWire};
constexpr std::string_view kJson = "application/json";

// A list element with a comma or quote is quoted, so that the client splits at the right places.
std::string QuoteElement(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string HeaderText(const Member& member, const Shape& shape, const void* value) {
  TimestampFormat format = member.timestamp == TimestampFormat::kDefault ? shape.timestamp : member.timestamp;
  if (format == TimestampFormat::kDefault) format = TimestampFormat::kHttpDate;
  if (shape.kind != Kind::kList) return ScalarText(shape, format, value);
  std::string text;
  for (size_t i = 0; i < shape.list->size(value); ++i) {
    if (i > 0) text += ", ";
    const std::string element = HeaderText(member, *shape.element, shape.list->at(value, i));
    text += shape.element->kind == Kind::kString ? QuoteElement(element) : element;
  }
  return text;
}

// Bytes that would end a header line early cannot be sent.
std::string HeaderSafe(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return text;
}

void WriteBound(const Member& member, const void* value, RestResponse& out) {
  switch (member.location) {
    case Location::kStatusCode:
      out.status = *static_cast<const int32_t*>(value);
      break;
    case Location::kHeader: {
      std::string text = HeaderText(member, *member.shape, value);
      if (member.json_value) text = base::Base64Encode(base::AsBytes(text));
      out.headers.emplace_back(member.wire_name, HeaderSafe(std::move(text)));
      break;
    }
    case Location::kHeaders:
      for (size_t i = 0; i < member.shape->map->size(value); ++i) {
        const auto& text = *static_cast<const std::string*>(member.shape->map->value_at(value, i));
        out.headers.emplace_back(
            HeaderSafe(std::string(member.wire_name) + member.shape->map->key_at(value, i)),
            HeaderSafe(text));
      }
      break;
    default:
      break;
  }
}

void WritePayload(const Member& member, const void* value, RestResponse& out) {
  if (value == nullptr) return;
  if (member.shape->kind == Kind::kBlob || member.shape->kind == Kind::kString) {
    out.body = *static_cast<const std::string*>(value);
    out.headers.emplace_back("Content-Type",
                             member.shape->kind == Kind::kBlob ? "application/octet-stream" : "text/plain");
    return;
  }
  json::Writer body;
  WriteJsonValue(body, *member.shape, kRules, value);
  out.body = std::move(body).Take();
  out.headers.emplace_back("Content-Type", kJson);
}

void WriteBody(const Shape& output, const void* response, RestResponse& out) {
  json::Writer body;
  body.BeginObject();
  for (const Member& member : output.members) {
    if (member.location == Location::kBody) WriteJsonMember(body, member, kRules, response);
  }
  body.EndObject();
  out.body = std::move(body).Take();
  out.headers.emplace_back("Content-Type", kJson);
}

}  // namespace

RestResponse EncodeRestJsonResponse(const api::Operation& operation, const void* response) {
  RestResponse out;
  out.status = operation.http_status;
  const Shape& output = *operation.output;
  for (const Member& member : output.members) {
    const void* value = api::FindMember(response, member);
    if (value != nullptr) WriteBound(member, value, out);
  }
  if (!output.payload.empty()) {
    const Member& payload = *api::FindMemberByName(output, output.payload);
    WritePayload(payload, api::FindMember(response, payload), out);
  } else if (operation.has_output) {
    WriteBody(output, response, out);
  }
  return out;
}

RestResponse EncodeRestJsonError(const api::ApiError& error) {
  json::Writer body;
  body.BeginObject();
  if (!error.message.empty()) body.Key("message").String(error.message);
  for (const auto& [name, value] : error.members) body.Key(name).String(value);
  body.EndObject();
  RestResponse out;
  out.status = error.http_status;
  out.headers.emplace_back("x-amzn-ErrorType", AwsJsonErrorType(error));
  out.headers.emplace_back("Content-Type", kJson);
  out.body = std::move(body).Take();
  return out;
}

}  // namespace wardkeep::wire
