// Arbitrary requests through signature verification. Lines of the input: method, target, headers until an
// empty line, then the body. Nothing may crash, canonical forms must be canonical, and what a correct client
// signs is accepted.
#include <cstdlib>
#include <vector>

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "auth/verify.h"
#include "base/ascii.h"
#include "base/time_text.h"
#include "crypto/digest.h"

namespace wardkeep::auth {
namespace {

constexpr std::string_view kDate = "20250101T000000Z";

void Require(bool fact) {
  if (!fact) std::abort();
}

std::string_view NextLine(std::string_view& rest) {
  const auto end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

class FixedSecret final : public CredentialSource {
 public:
  base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery&) override {
    return base::Secret("secret");
  }
};

base::Result<VerifiedSignature, AuthError> Verify(const SignedRequestView& request) {
  static const base::ManualClock clock(*base::ParseIsoBasic(kDate));
  static SigningKeyCache cache(64);
  static const SignatureVerifier verifier(clock, cache);
  FixedSecret credentials;
  WK_ASSIGN(const ParsedSignature signature, ParseSignature(request));
  return verifier.Verify(request, signature, "iam", credentials);
}

void CheckCanonicalForms(const SignedRequestView& request) {
  const TargetView target = SplitTarget(request.raw_target);
  const std::string path = CanonicalPath(target.path);
  Require(path.starts_with('/') && path.find("//") == std::string::npos &&
          path.size() <= target.path.size() * 3 + 1);
  const auto query = CanonicalQuery(target.query, SignatureForm::kHeader);
  if (!query) return;
  Require(CanonicalQuery(*query, SignatureForm::kHeader) == query);
}

// Signs the same target and body as a correct client would and expects to be let in.
void CheckOwnSignature(const SignedRequestView& request) {
  std::vector<HeaderView> headers = {{"Host", "h"}, {"X-Amz-Date", kDate}};
  const CredentialScope scope = {"AKIDEXAMPLE", "20250101", "us-east-1", "iam", "aws4_request"};
  ParsedSignature signature;
  signature.signed_headers = "host;x-amz-date";
  SignedRequestView own = request;
  own.headers = headers;
  const auto canonical = CanonicalRequest(own, signature, crypto::Sha256Hex(own.body));
  if (!canonical) return;
  const auto key = DeriveSigningKey(base::Secret("secret"), scope);
  const std::string authorization =
      "AWS4-HMAC-SHA256 Credential=" + scope.access_key_id + "/" + scope.Text() +
      ",SignedHeaders=" + signature.signed_headers +
      ",Signature=" + ComputeSignature(key, StringToSign(kDate, scope, *canonical));
  headers.push_back({"Authorization", authorization});
  own.headers = headers;
  const auto verified = Verify(own);
  // The other way to authenticate in the query is the only reason to refuse it.
  Require(verified || verified.error().check == "5");
}

}  // namespace
}  // namespace wardkeep::auth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep::auth;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  SignedRequestView request;
  request.method = NextLine(rest);
  request.raw_target = NextLine(rest);
  std::vector<HeaderView> headers;
  while (!rest.empty()) {
    const std::string_view line = NextLine(rest);
    if (line.empty()) break;
    const auto colon = line.find(':');
    headers.push_back({line.substr(0, colon), colon == std::string_view::npos ? "" : line.substr(colon + 1)});
  }
  request.headers = headers;
  request.body = rest;
  (void)Verify(request);
  CheckCanonicalForms(request);
  CheckOwnSignature(request);
  return 0;
}
