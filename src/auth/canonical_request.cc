#include "auth/canonical_request.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "auth/query_parameters.h"
#include "base/ascii.h"
#include "base/percent.h"

namespace wardkeep::auth {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  parts.reserve(8);
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Trims, and turns each run of spaces into one. Goes word by word, because a session token is one long word.
void AppendUnfolded(std::string_view value, std::string& out) {
  constexpr std::string_view kBlank = " \t";
  const auto first = value.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return;
  value = value.substr(first, value.find_last_not_of(kBlank) - first + 1);
  while (true) {
    const auto end = value.find(' ');
    out += value.substr(0, end);
    if (end == std::string_view::npos) return;
    out += ' ';
    value.remove_prefix(value.find_first_not_of(' ', end));
  }
}

// A line break left by a folded header counts as a space.
void AppendHeaderValue(std::string_view value, std::string& out) {
  if (value.find('\n') == std::string_view::npos && value.find('\r') == std::string_view::npos) {
    return AppendUnfolded(value, out);
  }
  std::string unfolded(value);
  std::ranges::replace_if(
      unfolded, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  AppendUnfolded(unfolded, out);
}

// Orders names by their lower-case form.
bool NameLess(std::string_view a, std::string_view b) {
  return std::ranges::lexicographical_compare(
      a, b, [](char x, char y) { return static_cast<uint8_t>(x) < static_cast<uint8_t>(y); },
      [](char c) { return base::AsciiLower(c); }, [](char c) { return base::AsciiLower(c); });
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
  std::vector<std::string_view> names = Split(signed_headers, ';');
  std::ranges::sort(names, NameLess);
  if (std::ranges::adjacent_find(names, base::EqualsIgnoreAsciiCase) != names.end()) return std::nullopt;
  std::vector<HeaderView> sent(headers.begin(), headers.end());
  std::ranges::stable_sort(sent, NameLess, &HeaderView::name);
  std::string canonical;
  canonical.reserve(512);
  for (std::string_view name : names) {
    const auto values = std::ranges::equal_range(sent, name, NameLess, &HeaderView::name);
    if (values.empty()) return std::nullopt;
    canonical += name;
    std::ranges::transform(canonical.end() - static_cast<std::ptrdiff_t>(name.size()), canonical.end(),
                           canonical.end() - static_cast<std::ptrdiff_t>(name.size()),
                           [](char c) { return base::AsciiLower(c); });
    char separator = ':';
    for (const HeaderView& header : values) {
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
  while (true) {
    const auto end = signed_headers.find(';');
    if (base::EqualsIgnoreAsciiCase(signed_headers.substr(0, end), name)) return true;
    if (end == std::string_view::npos) return false;
    signed_headers.remove_prefix(end + 1);
  }
}

}  // namespace wardkeep::auth
