#include "json/writer.h"
#include "wire/aws_query.h"
#include "wire/json_value.h"
#include "wire/scalar_text.h"
#include "xml/writer.h"

namespace wardkeep::wire {
namespace {

using api::Kind;
using api::Member;
using api::Shape;
using api::TimestampFormat;

void WriteValue(xml::Writer& out, std::string_view name, const Shape& shape, TimestampFormat format,
                const void* value);

void WriteMembers(xml::Writer& out, const Shape& shape, const void* value);

void WriteMapEntry(xml::Writer& out, std::string_view name, const Shape& shape, const void* map,
                   size_t index) {
  out.Open(name).Element(shape.key_name, shape.map->key_at(map, index));
  WriteValue(out, shape.element_name, *shape.element, TimestampFormat::kDefault,
             shape.map->value_at(map, index));
  out.Close();
}

// The entries of a list or map, each as an element called `name`.
void WriteEntries(xml::Writer& out, std::string_view name, const Shape& shape, const void* value) {
  if (shape.kind == Kind::kMap) {
    for (size_t i = 0; i < shape.map->size(value); ++i) WriteMapEntry(out, name, shape, value, i);
    return;
  }
  for (size_t i = 0; i < shape.list->size(value); ++i) {
    WriteValue(out, name, *shape.element, TimestampFormat::kDefault, shape.list->at(value, i));
  }
}

void WriteValue(xml::Writer& out, std::string_view name, const Shape& shape, TimestampFormat format,
                const void* value) {
  switch (shape.kind) {
    case Kind::kStructure:
      out.Open(name);
      WriteMembers(out, shape, value);
      out.Close();
      break;
    case Kind::kList:
    case Kind::kMap:
      out.Open(name);
      WriteEntries(out, shape.kind == Kind::kMap ? "entry" : shape.element_name, shape, value);
      out.Close();
      break;
    default:
      out.Element(name,
                  ScalarText(shape, format == TimestampFormat::kDefault ? shape.timestamp : format, value));
  }
}

void WriteMembers(xml::Writer& out, const Shape& shape, const void* value) {
  for (const Member& member : shape.members) {
    const void* content = api::FindMember(value, member);
    if (content == nullptr) continue;
    if (member.flattened) {
      WriteEntries(out, member.wire_name, *member.shape, content);
    } else {
      WriteValue(out, member.wire_name, *member.shape, member.timestamp, content);
    }
  }
}

std::string ResultName(const api::Operation& operation) {
  return operation.result_wrapper.empty() ? std::string(operation.name) + "Result"
                                          : std::string(operation.result_wrapper);
}

}  // namespace

std::string EncodeQueryResponse(const api::Operation& operation, const void* response,
                                std::string_view request_id) {
  xml::Writer out;
  out.Open(std::string(operation.name) + "Response", operation.service->xml_namespace);
  if (operation.has_output) {
    out.Open(ResultName(operation));
    WriteMembers(out, *operation.output, response);
    out.Close();
  }
  out.Open("ResponseMetadata").Element("RequestId", request_id).Close().Close();
  return std::move(out).Take();
}

std::string EncodeQueryError(const api::ApiError& error, std::string_view xml_namespace,
                             std::string_view request_id) {
  xml::Writer out;
  out.Open("ErrorResponse", xml_namespace).Open("Error");
  out.Element("Type", api::FaultName(error.http_status)).Element("Code", error.code);
  if (!error.message.empty()) out.Element("Message", error.message);
  for (const auto& [name, value] : error.members) out.Element(name, value);
  out.Close().Element("RequestId", request_id).Close();
  return std::move(out).Take();
}

std::string EncodeEc2Response(const api::Operation& operation, const void* response,
                              std::string_view request_id) {
  xml::Writer out;
  out.Open(std::string(operation.name) + "Response", operation.service->xml_namespace);
  out.Element("requestId", request_id);
  WriteMembers(out, *operation.output, response);
  out.Close();
  return std::move(out).Take();
}

std::string EncodeEc2Error(const api::ApiError& error, std::string_view request_id) {
  xml::Writer out;
  out.Open("Response").Open("Errors").Open("Error");
  out.Element("Code", error.code);
  if (!error.message.empty()) out.Element("Message", error.message);
  out.Close().Close().Element("RequestID", request_id).Close();
  return std::move(out).Take();
}

std::string EncodeQueryResponseJson(const api::Operation& operation, const void* response,
                                    std::string_view request_id) {
  json::Writer out;
  out.BeginObject().Key(std::string(operation.name) + "Response").BeginObject();
  if (operation.has_output) {
    out.Key(ResultName(operation));
    WriteJsonValue(out, *operation.output, JsonRules{.names = JsonNames::kModel}, response);
  }
  out.Key("ResponseMetadata").BeginObject().Key("RequestId").String(request_id).EndObject();
  out.EndObject().EndObject();
  return std::move(out).Take();
}

std::string EncodeQueryErrorJson(const api::ApiError& error, std::string_view request_id) {
  json::Writer out;
  out.BeginObject().Key("Error").BeginObject().Key("Code").String(error.code);
  if (!error.message.empty()) out.Key("Message").String(error.message);
  for (const auto& [name, value] : error.members) out.Key(name).String(value);
  out.Key("Type").String(api::FaultName(error.http_status)).EndObject();
  out.Key("RequestId").String(request_id).EndObject();
  return std::move(out).Take();
}

}  // namespace wardkeep::wire
