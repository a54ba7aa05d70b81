#include "auth/canonical_request.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "auth/query_parameters.h"
#include "base/ascii.h"
#include "base/percent.h"

namespace wardkeep::auth {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Trims, and turns each run of spaces into one. A line break left by a folded header counts as a space.
void AppendHeaderValue(std::string_view value, std::string& out) {
  const auto is_edge = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!value.empty() && is_edge(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_edge(value.back())) value.remove_suffix(1);
  bool in_run = false;
  for (char c : value) {
    const bool is_space = c == ' ' || c == '\r' || c == '\n';
    if (!is_space) out += c;
    if (is_space && !in_run) out += ' ';
    in_run = is_space;
  }
}

struct NamedHeader {
  std::string name;  // lower case
  std::string_view value;
};

std::vector<NamedHeader> SortedByName(std::span<const HeaderView> headers) {
  std::vector<NamedHeader> sorted;
  sorted.reserve(headers.size());
  for (const HeaderView& header : headers) sorted.push_back({base::AsciiLower(header.name), header.value});
  std::ranges::stable_sort(sorted, {}, &NamedHeader::name);
  return sorted;
}

}  // namespace

std::string CanonicalPath(std::string_view path) {
  std::vector<std::string_view> kept;
  const std::vector<std::string_view> segments = Split(path, '/');
  for (std::string_view segment : segments) {
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string canonical;
  for (std::string_view segment : kept) {
    canonical += '/';
    canonical += base::PercentEncode(segment);
  }
  // A trailing slash stays, and a trailing dot segment names a folder too.
  const std::string_view last = segments.back();
  if (canonical.empty() || last.empty() || last == "." || last == "..") canonical += '/';
  return canonical;
}

std::optional<std::string> CanonicalQuery(std::string_view raw_query, SignatureForm form) {
  const auto parameters = ParseQueryParameters(raw_query);
  if (!parameters) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> encoded;
  encoded.reserve(parameters->size());
  for (const QueryParameter& parameter : *parameters) {
    if (form == SignatureForm::kPresigned && parameter.name == "X-Amz-Signature") continue;
    encoded.emplace_back(base::PercentEncode(parameter.name), base::PercentEncode(parameter.value));
  }
  std::ranges::sort(encoded);
  std::string canonical;
  for (const auto& [name, value] : encoded) {
    if (!canonical.empty()) canonical += '&';
    canonical += name;
    canonical += '=';
    canonical += value;
  }
  return canonical;
}

std::optional<std::string> CanonicalHeaders(std::span<const HeaderView> headers,
                                            std::string_view signed_headers) {
  std::vector<std::string> names;
  for (std::string_view name : Split(signed_headers, ';')) names.push_back(base::AsciiLower(name));
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) return std::nullopt;
  const std::vector<NamedHeader> sent = SortedByName(headers);
  std::string canonical;
  for (const std::string& name : names) {
    const auto values = std::ranges::equal_range(sent, name, {}, &NamedHeader::name);
    if (values.empty()) return std::nullopt;
    canonical += name;
    char separator = ':';
    for (const NamedHeader& header : values) {
      canonical += separator;
      AppendHeaderValue(header.value, canonical);
      separator = ',';
    }
    canonical += '\n';
  }
  return canonical;
}

std::optional<std::string> CanonicalRequest(const SignedRequestView& request,
                                            const ParsedSignature& signature, std::string_view payload_hash) {
  const TargetView target = SplitTarget(request.raw_target);
  const auto query = CanonicalQuery(target.query, signature.form);
  const auto headers = CanonicalHeaders(request.headers, signature.signed_headers);
  if (!query || !headers) return std::nullopt;
  std::string canonical;
  canonical.reserve(request.method.size() + target.path.size() + query->size() + headers->size() +
                    signature.signed_headers.size() + payload_hash.size() + 8);
  canonical += request.method;
  canonical += '\n';
  canonical += CanonicalPath(target.path);
  canonical += '\n';
  canonical += *query;
  canonical += '\n';
  canonical += *headers;
  canonical += '\n';
  canonical += signature.signed_headers;
  canonical += '\n';
  canonical += payload_hash;
  return canonical;
}

bool IsSignedHeader(std::string_view signed_headers, std::string_view name) {
  return std::ranges::any_of(Split(signed_headers, ';'), [&](std::string_view listed) {
    return base::EqualsIgnoreAsciiCase(listed, name);
  });
}

}  // namespace wardkeep::auth
