#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/trim.h"
#include "base/utf8.h"
#include "json/parse.h"
#include "wire/json_value.h"
#include "wire/rest_json.h"
#include "wire/scalar_text.h"
#include "wire/uri_template.h"

namespace wardkeep::wire {
namespace {

using api::ApiError;
using api::Kind;
using api::Location;
using api::Member;
using api::Shape;
using Outcome = base::Result<void, ApiError>;

constexpr JsonRules kRules = {.names = JsonNames::kWire};
constexpr size_t kMaxBodyBytes = 10'000'000;

ApiError Unreadable(const Member& member) {
  return api::Serialization("The value of " + std::string(member.wire_name) + " cannot be read.");
}

// The next element of a comma-separated header; strings may be quoted, HTTP dates hold one comma themselves.
std::string TakeElement(std::string_view& rest, Kind kind) {
  rest = base::Trim(rest);
  std::string element;
  if (rest.starts_with('"')) {
    size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
      if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
      element += rest[at];
    }
    rest.remove_prefix(std::min(at + 1, rest.size()));
    const size_t comma = rest.find(',');
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    return element;
  }
  size_t comma = rest.find(',');
  const bool http_date = kind == Kind::kTimestamp && comma == 3;
  if (http_date) comma = rest.find(',', comma + 1);
  element = base::Trim(rest.substr(0, comma));
  rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  return element;
}

Outcome ReadHeader(const Member& member, const std::string& text, void* out) {
  const Shape& shape = *member.shape;
  if (shape.kind == Kind::kList) {
    void* list = api::EmplaceMember(out, member);
    for (std::string_view rest = text; !base::Trim(rest).empty();) {
      const std::string element = TakeElement(rest, shape.element->kind);
      if (!ReadScalar(*shape.element, element, shape.list->append(list))) return Unreadable(member);
    }
    return {};
  }
  if (member.json_value) {
    const auto bytes = base::Base64Decode(text);
    if (!bytes.has_value()) return Unreadable(member);
    static_cast<std::string*>(api::EmplaceMember(out, member))->assign(bytes->begin(), bytes->end());
    return {};
  }
  if (!ReadScalar(shape, text, api::EmplaceMember(out, member))) return Unreadable(member);
  return {};
}

void ReadPrefixHeaders(const Member& member, const base::HttpHeaders& headers, void* out) {
  void* map = nullptr;
  for (const auto& [name, value] : headers) {
    if (name.size() < member.wire_name.size()) continue;
    const std::string_view prefix = std::string_view(name).substr(0, member.wire_name.size());
    if (!base::EqualsIgnoreAsciiCase(prefix, member.wire_name)) continue;
    if (map == nullptr) map = api::EmplaceMember(out, member);
    const std::string key = name.substr(prefix.size());
    *static_cast<std::string*>(member.shape->map->append(map, key)) = value;
  }
}

Outcome ReadQueryList(const Member& member, const FormParameters& query, void* out) {
  void* list = nullptr;
  for (const auto& [name, value] : query.pairs) {
    if (name != member.wire_name) continue;
    if (list == nullptr) list = api::EmplaceMember(out, member);
    if (!ReadScalar(*member.shape->element, value, member.shape->list->append(list)))
      return Unreadable(member);
  }
  return {};
}

// A map in the query takes every parameter, those that other members name as well.
Outcome ReadQueryMap(const Member& member, const FormParameters& query, void* out) {
  const Shape& shape = *member.shape;
  std::vector<const std::pair<std::string, std::string>*> sorted;
  sorted.reserve(query.pairs.size());
  for (const auto& pair : query.pairs) sorted.push_back(&pair);
  std::ranges::stable_sort(sorted, {}, [](const auto* pair) -> const std::string& { return pair->first; });
  void* map = sorted.empty() ? nullptr : api::EmplaceMember(out, member);
  void* value = nullptr;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const auto& [name, text] = *sorted[i];
    const bool repeated = i > 0 && sorted[i - 1]->first == name;
    if (!repeated) value = shape.map->append(map, name);
    if (shape.element->kind == Kind::kList) {
      const Shape& list = *shape.element;
      if (!ReadScalar(*list.element, text, list.list->append(value))) return Unreadable(member);
    } else if (!repeated && !ReadScalar(*shape.element, text, value)) {
      return Unreadable(member);
    }
  }
  return {};
}

Outcome ReadQuery(const Member& member, const FormParameters& query, void* out) {
  if (member.shape->kind == Kind::kList) return ReadQueryList(member, query, out);
  if (member.shape->kind == Kind::kMap) return ReadQueryMap(member, query, out);
  const std::string* text = query.Find(member.wire_name);
  if (text == nullptr) return {};
  if (!ReadScalar(*member.shape, *text, api::EmplaceMember(out, member))) return Unreadable(member);
  return {};
}

Outcome ReadLabel(const Member& member, const Labels& labels, void* out) {
  for (const auto& [name, text] : labels) {
    if (name != member.wire_name) continue;
    if (!base::IsUtf8(text) || !ReadScalar(*member.shape, text, api::EmplaceMember(out, member))) {
      return Unreadable(member);
    }
  }
  return {};
}

Outcome ReadBound(const Member& member, const RestRequest& request, const Labels& labels, void* out) {
  switch (member.location) {
    case Location::kUri:
      return ReadLabel(member, labels, out);
    case Location::kQueryString:
      return ReadQuery(member, request.query, out);
    case Location::kHeader: {
      const std::string* text = base::FindHeader(request.headers, member.wire_name);
      return text == nullptr ? Outcome() : ReadHeader(member, *text, out);
    }
    case Location::kHeaders:
      ReadPrefixHeaders(member, request.headers, out);
      return {};
    default:
      return {};
  }
}

base::Result<json::Value, ApiError> ParseBody(std::string_view body) {
  auto root = json::Parse(body, {.max_bytes = kMaxBodyBytes});
  if (!root.has_value())
    return api::Serialization("Unable to parse the request body: " + root.error().message);
  return std::move(*root);
}

Outcome ReadPayload(const Member& member, std::string_view body, void* out) {
  if (body.empty()) return {};
  if (member.shape->kind == Kind::kBlob || member.shape->kind == Kind::kString) {
    *static_cast<std::string*>(api::EmplaceMember(out, member)) = body;
    return {};
  }
  WK_ASSIGN(const json::Value root, ParseBody(body));
  if (root.is_null() && member.shape->kind != Kind::kDocument) return {};
  return ReadJsonValue(root, *member.shape, kRules, api::EmplaceMember(out, member));
}

Outcome ReadBody(const Shape& input, std::string_view body, void* out) {
  if (!input.payload.empty()) return ReadPayload(*api::FindMemberByName(input, input.payload), body, out);
  const bool has_body =
      std::ranges::any_of(input.members, [](const Member& m) { return m.location == Location::kBody; });
  if (body.empty() || !has_body) return {};
  WK_ASSIGN(const json::Value root, ParseBody(body));
  return ReadJsonValue(root, input, kRules, out);
}

}  // namespace

Outcome DecodeRestJson(const api::Operation& operation, const RestRequest& request, void* out) {
  const auto labels = MatchUri(operation.http_uri, request.path, request.query);
  if (!labels.has_value()) return api::UnknownOperation();
  const Shape& input = *operation.input;
  for (const Member& member : input.members) WK_TRY(ReadBound(member, request, *labels, out));
  return ReadBody(input, request.body, out);
}

}  // namespace wardkeep::wire
