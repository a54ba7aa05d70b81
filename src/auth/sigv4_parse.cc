#include "auth/sigv4_parse.h"

#include <array>
#include <utility>

#include "auth/query_parameters.h"
#include "base/base64.h"
#include "base/trim.h"
#include "crypto/digest.h"

namespace wardkeep::auth {
namespace {

using Parsed = base::Result<ParsedSignature, AuthError>;

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// Stands for the header in an error text, so that a usable signature is not echoed into somebody's log.
std::string HashOf(std::string_view header) {
  return base::Base64Encode(crypto::Sha256Of(header));
}

struct AuthorizationParts {
  std::optional<std::string> credential;
  std::optional<std::string> signed_headers;
  std::optional<std::string> signature;
};

// The comma-separated key=value pairs after the algorithm; the last one of a name wins, unknown names are
// ignored.
base::Result<AuthorizationParts, AuthError> SplitAuthorization(std::string_view pairs,
                                                               std::string_view header) {
  AuthorizationParts parts;
  while (!pairs.empty()) {
    const auto comma = pairs.find(',');
    const std::string_view pair = base::Trim(pairs.substr(0, comma));
    pairs = comma == std::string_view::npos ? std::string_view() : pairs.substr(comma + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) {
      return base::Unexpected(IncompleteSignature("'" + std::string(pair) +
                                                      "' not a valid key=value pair (missing equal-sign) in "
                                                      "Authorization header (hashed with SHA-256 and "
                                                      "encoded with Base64): '" +
                                                      HashOf(header) + "'.",
                                                  "6b"));
    }
    const std::string_view name = base::Trim(pair.substr(0, equals));
    const std::string_view value = base::Trim(pair.substr(equals + 1));
    if (name == "Credential") parts.credential = value;
    if (name == "SignedHeaders") parts.signed_headers = value;
    if (name == "Signature") parts.signature = value;
  }
  return parts;
}

// One sentence for each part that is missing, in AWS's order.
std::string MissingParts(const std::array<std::pair<bool, std::string_view>, 4>& parts) {
  std::string text;
  for (const auto& [present, sentence] : parts) {
    if (present) continue;
    if (!text.empty()) text += ' ';
    text += sentence;
  }
  return text;
}

Parsed ParseHeaderForm(const SignedRequestView& request, std::string_view header) {
  const std::string_view trimmed = base::Trim(header);
  const auto space = trimmed.find_first_of(" \t");
  const std::string_view algorithm = trimmed.substr(0, space);
  if (algorithm != kAlgorithm) {
    return base::Unexpected(
        IncompleteSignature("Unsupported AWS 'algorithm': '" + std::string(algorithm) + "'.", "6a"));
  }
  const auto pairs = space == std::string_view::npos ? std::string_view() : trimmed.substr(space);
  WK_ASSIGN(AuthorizationParts parts, SplitAuthorization(pairs, header));
  auto date = FindHeader(request.headers, "x-amz-date");
  if (!date) date = FindHeader(request.headers, "date");
  const std::string missing = MissingParts({{
      {parts.credential.has_value(), "Authorization header requires 'Credential' parameter."},
      {parts.signature.has_value(), "Authorization header requires 'Signature' parameter."},
      {parts.signed_headers.has_value(), "Authorization header requires 'SignedHeaders' parameter."},
      {date.has_value(),
       "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."},
  }});
  if (!missing.empty()) {
    return base::Unexpected(IncompleteSignature(
        missing + " (Hashed with SHA-256 and encoded with Base64) Authorization=" + HashOf(header), "6d"));
  }
  ParsedSignature parsed;
  parsed.form = SignatureForm::kHeader;
  parsed.credential = *std::move(parts.credential);
  parsed.signed_headers = *std::move(parts.signed_headers);
  parsed.signature = *std::move(parts.signature);
  parsed.date = base::Trim(*date);
  if (const auto token = FindHeader(request.headers, "x-amz-security-token"))
    parsed.security_token = base::Trim(*token);
  return parsed;
}

Parsed ParsePresignedForm(std::span<const QueryParameter> parameters) {
  if (FindParameter(parameters, "X-Amz-Algorithm") != kAlgorithm) {
    return base::Unexpected(MissingAuthenticationToken("Missing Authentication Token", "6a"));
  }
  const auto credential = FindParameter(parameters, "X-Amz-Credential");
  const auto signature = FindParameter(parameters, "X-Amz-Signature");
  const auto signed_headers = FindParameter(parameters, "X-Amz-SignedHeaders");
  const auto date = FindParameter(parameters, "X-Amz-Date");
  const std::string missing = MissingParts({{
      {credential.has_value(), "AWS query-string parameters must include 'X-Amz-Credential'."},
      {signature.has_value(), "AWS query-string parameters must include 'X-Amz-Signature'."},
      {signed_headers.has_value(), "AWS query-string parameters must include 'X-Amz-SignedHeaders'."},
      {date.has_value(), "AWS query-string parameters must include 'X-Amz-Date'."},
  }});
  if (!missing.empty()) {
    return base::Unexpected(IncompleteSignature(missing + " Re-examine the query-string parameters.", "6d"));
  }
  ParsedSignature parsed;
  parsed.form = SignatureForm::kPresigned;
  parsed.credential = *credential;
  parsed.signed_headers = *signed_headers;
  parsed.signature = *signature;
  parsed.date = *date;
  if (const auto token = FindParameter(parameters, "X-Amz-Security-Token")) parsed.security_token = *token;
  return parsed;
}

}  // namespace

Parsed ParseSignature(const SignedRequestView& request) {
  WK_ASSIGN(const std::vector<QueryParameter> parameters,
            ParseQueryParameters(SplitTarget(request.raw_target).query));
  const auto header = FindHeader(request.headers, "authorization");
  const bool presigned = FindParameter(parameters, "X-Amz-Algorithm").has_value();
  if (!header && !presigned) {
    return base::Unexpected(MissingAuthenticationToken("Request is missing Authentication Token", "5"));
  }
  if (header && presigned) return base::Unexpected(SignatureDoesNotMatch("", "5"));
  return header ? ParseHeaderForm(request, *header) : ParsePresignedForm(parameters);
}

}  // namespace wardkeep::auth
