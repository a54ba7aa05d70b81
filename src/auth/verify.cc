#include "auth/verify.h"

#include <algorithm>
#include <utility>

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "base/time_text.h"
#include "crypto/constant_time.h"
#include "crypto/digest.h"

namespace wardkeep::auth {
namespace {

using base::Instant;
using base::Result;
using base::Unexpected;

Result<void, AuthError> CheckSignedHeaders(const SignedRequestView& request,
                                           const ParsedSignature& signature) {
  if (!IsSignedHeader(signature.signed_headers, "host") &&
      !IsSignedHeader(signature.signed_headers, ":authority")) {
    return Unexpected(SignatureDoesNotMatch(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.", "8"));
  }
  // The target names the operation of the JSON protocols: unsigned it could be exchanged on the way.
  if (FindHeader(request.headers, "x-amz-target") &&
      !IsSignedHeader(signature.signed_headers, "x-amz-target")) {
    return Unexpected(
        SignatureDoesNotMatch("There were headers present in the request which were not signed", "8"));
  }
  return {};
}

// A header may have the basic or the extended form, and the Date header RFC 1123 as well; a parameter only
// the basic.
Result<Instant, AuthError> ParseDate(const ParsedSignature& signature) {
  auto date = base::ParseIsoBasic(signature.date);
  if (!date && signature.form == SignatureForm::kHeader) {
    date = base::ParseIso8601(signature.date);
    if (!date) date = base::ParseHttpDate(signature.date);
  }
  if (date) return Instant(std::chrono::floor<std::chrono::seconds>(*date));
  return Unexpected(IncompleteSignature("Date must be in ISO-8601 'basic format'. Got '" + signature.date +
                                            "'. See http://en.wikipedia.org/wiki/ISO_8601",
                                        "9"));
}

Result<CredentialScope, AuthError> ParseScope(const ParsedSignature& signature) {
  auto scope = ParseCredential(signature.credential);
  if (scope) return *std::move(scope);
  return Unexpected(
      IncompleteSignature("Credential must have exactly 5 slash-delimited elements, e.g. "
                          "keyid/date/region/service/term, got '" +
                              signature.credential + "'",
                          "12"));
}

std::string Quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

}  // namespace

SignatureVerifier::SignatureVerifier(const base::Clock& clock, SigningKeyCache& cache, VerifyOptions options)
    : clock_(&clock), cache_(&cache), options_(std::move(options)) {}

Result<VerifiedSignature, AuthError> SignatureVerifier::Verify(const SignedRequestView& request,
                                                               const ParsedSignature& signature,
                                                               std::string_view service,
                                                               CredentialSource& credentials) const {
  VerifiedSignature verified;
  verified.form = signature.form;
  WK_TRY(CheckSignedHeaders(request, signature));
  WK_ASSIGN(verified.signed_at, ParseDate(signature));
  WK_TRY(CheckWindow(verified.signed_at));
  WK_ASSIGN(verified.scope, ParseScope(signature));
  verified.signed_at_text = base::FormatIsoBasic(verified.signed_at);
  WK_TRY(CheckScope(verified, service));
  WK_ASSIGN(const base::Secret secret,
            credentials.FindSecret({verified.scope.access_key_id, signature.security_token}));
  WK_TRY(CheckSignature(request, signature, verified, secret));
  return verified;
}

Result<void, AuthError> SignatureVerifier::CheckWindow(Instant signed_at) const {
  const Instant now = std::chrono::floor<std::chrono::seconds>(clock_->Now());
  const Instant earliest = now - options_.window;
  const Instant latest = now + options_.window;
  const auto minutes = [this] { return std::to_string(options_.window.count()); };
  if (signed_at < earliest) {
    return Unexpected(SignatureDoesNotMatch(
        "Signature expired: " + base::FormatIsoBasic(signed_at) + " is now earlier than " +
            base::FormatIsoBasic(earliest) + " (" + base::FormatIsoBasic(now) + " - " + minutes() + " min.)",
        "10"));
  }
  if (signed_at > latest) {
    return Unexpected(SignatureDoesNotMatch(
        "Signature not yet current: " + base::FormatIsoBasic(signed_at) + " is still later than " +
            base::FormatIsoBasic(latest) + " (" + base::FormatIsoBasic(now) + " + " + minutes() + " min.)",
        "11"));
  }
  return {};
}

bool SignatureVerifier::IsValidRegion(std::string_view region) const {
  if (!options_.allowed_regions.empty())
    return std::ranges::find(options_.allowed_regions, region) != options_.allowed_regions.end();
  constexpr std::size_t kMaxRegionSize = 64;
  const auto is_region_character = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !region.empty() && region.size() <= kMaxRegionSize &&
         std::ranges::all_of(region, is_region_character);
}

Result<void, AuthError> SignatureVerifier::CheckScope(const VerifiedSignature& verified,
                                                      std::string_view service) const {
  const CredentialScope& scope = verified.scope;
  std::string text;
  if (!IsValidRegion(scope.region)) text += "Credential should be scoped to a valid region. ";
  if (scope.service != service)
    text += "Credential should be scoped to correct service: " + Quoted(service) + ". ";
  if (scope.terminator != kScopeTerminator) {
    text += "Credential should be scoped with a valid terminator: " + Quoted(kScopeTerminator) + ", not " +
            Quoted(scope.terminator) + ". ";
  }
  const std::string_view day = std::string_view(verified.signed_at_text).substr(0, 8);
  if (scope.date != day) {
    text += "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
            Quoted(scope.date) + " != " + Quoted(day) + ", from " + Quoted(verified.signed_at_text) + ".";
  }
  if (!text.empty()) return Unexpected(SignatureDoesNotMatch(std::move(text), "13"));
  return {};
}

Result<void, AuthError> SignatureVerifier::CheckSignature(const SignedRequestView& request,
                                                          const ParsedSignature& signature,
                                                          const VerifiedSignature& verified,
                                                          const base::Secret& secret) const {
  if (request.body.size() > options_.max_body_bytes) return Unexpected(RequestTooLarge());
  const std::string payload_hash = crypto::Sha256Hex(request.body);
  // A declared hash must be the body's, which also refuses UNSIGNED-PAYLOAD and STREAMING-...: they are S3's.
  const auto declared = FindHeader(request.headers, "x-amz-content-sha256");
  if (declared && *declared != payload_hash) return Unexpected(WrongSignature());
  const auto canonical = CanonicalRequest(request, signature, payload_hash);
  if (!canonical) return Unexpected(WrongSignature());

  auto key = cache_->Find(verified.scope, secret);
  const bool is_new = !key.has_value();
  if (is_new) key = DeriveSigningKey(secret, verified.scope);
  const std::string to_sign = StringToSign(verified.signed_at_text, verified.scope, *canonical);
  if (!crypto::ConstantTimeEquals(ComputeSignature(*key, to_sign), signature.signature)) {
    return Unexpected(WrongSignature());
  }
  if (is_new) cache_->Insert(verified.scope, secret, *key);
  return {};
}

}  // namespace wardkeep::auth
