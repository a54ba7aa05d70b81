#include "policy/parse/principal_format.h"

#include <algorithm>

#include "base/account_id.h"

namespace wardkeep::policy {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

// [\w+=,.@-], the alphabet of IAM names.
bool IsNameCharacter(char c) {
  return IsDigit(c) || IsLower(c) || IsUpper(c) ||
         std::string_view("_+=,.@-").find(c) != std::string_view::npos;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsNameCharacter);
}

// Printable ASCII without wildcards, not empty.
bool IsPlainPath(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c > ' ' && c < 0x7F && c != '*' && c != '?'; });
}

// [path/]name
bool IsPathAndName(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return IsName(text);
  return IsPlainPath(text.substr(0, slash)) && IsName(text.substr(slash + 1));
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes "arn:partition:service::123456789012:" off the front.
bool TakeArnHead(std::string_view& text, std::string_view partition, std::string_view service) {
  std::string_view rest = text;
  if (!TakePrefix(rest, "arn:") || !TakePrefix(rest, partition) || !TakePrefix(rest, ":")) return false;
  if (!TakePrefix(rest, service) || !TakePrefix(rest, "::")) return false;
  constexpr std::size_t kAccountDigits = 12;
  if (!base::IsAccountId(rest.substr(0, kAccountDigits))) return false;
  rest.remove_prefix(kAccountDigits);
  if (!TakePrefix(rest, ":")) return false;
  text = rest;
  return true;
}

bool IsEntityArn(std::string_view text, std::string_view partition) {
  if (!TakeArnHead(text, partition, "iam")) return false;
  if (text == "root") return true;
  return (TakePrefix(text, "user/") || TakePrefix(text, "role/")) && IsPathAndName(text);
}

bool IsSessionArn(std::string_view text, std::string_view partition) {
  if (!TakeArnHead(text, partition, "sts")) return false;
  if (TakePrefix(text, "federated-user/")) return IsName(text);
  if (!TakePrefix(text, "assumed-role/")) return false;
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && IsName(text.substr(0, slash)) && IsName(text.substr(slash + 1));
}

// AIDA... or AROA...; the length is left open (policy-semantics 5.4 marks it as inferred).
bool IsUniqueId(std::string_view text) {
  return text.size() >= 16 && text.size() <= 128 && (text.starts_with("AIDA") || text.starts_with("AROA")) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsUpper(c) || IsDigit(c); });
}

bool IsCanonicalId(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); });
}

// At least two dot-separated labels of letters, digits and inner hyphens.
bool IsDomainName(std::string_view text) {
  int labels = 0;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '-'; })) {
      return false;
    }
    ++labels;
    if (dot == std::string_view::npos) return labels >= 2;
    text.remove_prefix(dot + 1);
  }
}

bool IsProviderArn(std::string_view text, std::string_view partition) {
  if (!TakeArnHead(text, partition, "iam")) return false;
  return (TakePrefix(text, "oidc-provider/") || TakePrefix(text, "saml-provider/")) && IsPlainPath(text);
}

}  // namespace

std::optional<PrincipalType> PrincipalTypeOf(std::string_view name) {
  if (name == "AWS") return PrincipalType::kAws;
  if (name == "Service") return PrincipalType::kService;
  if (name == "Federated") return PrincipalType::kFederated;
  if (name == "CanonicalUser") return PrincipalType::kCanonicalUser;
  return std::nullopt;
}

bool IsPrincipalForm(PrincipalType type, std::string_view value, std::string_view partition) {
  switch (type) {
    case PrincipalType::kAny:
      return true;
    case PrincipalType::kAws:
      return value == "*" || base::IsAccountId(value) || IsEntityArn(value, partition) ||
             IsSessionArn(value, partition) || IsUniqueId(value) || IsCanonicalId(value);
    case PrincipalType::kService:
      return IsDomainName(value);
    case PrincipalType::kFederated:
      return IsDomainName(value) || IsProviderArn(value, partition);
    case PrincipalType::kCanonicalUser:
      return IsCanonicalId(value);
  }
  return false;
}

}  // namespace wardkeep::policy
