#include "auth/sign_request.h"

#include <algorithm>
#include <vector>

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "base/ascii.h"
#include "base/assert.h"
#include "base/time_text.h"
#include "crypto/digest.h"

namespace wardkeep::auth {

void SignRequest(base::HttpRequest& request, const ClientKey& key, std::string_view region,
                 std::string_view service, base::Instant now) {
  const std::string date = base::FormatIsoBasic(now);
  request.headers.emplace_back("X-Amz-Date", date);
  std::vector<HeaderView> headers;
  std::vector<std::string> names;
  for (const auto& [name, value] : request.headers) {
    headers.push_back({name, value});
    names.push_back(base::AsciiLower(name));
  }
  std::sort(names.begin(), names.end());
  ParsedSignature signature;
  for (const std::string& name : names) {
    signature.signed_headers.append(signature.signed_headers.empty() ? "" : ";").append(name);
  }
  const CredentialScope scope{key.access_key_id, date.substr(0, 8), std::string(region), std::string(service),
                              std::string(kScopeTerminator)};
  const SignedRequestView view{request.method, request.target, headers, request.body};
  const auto canonical = CanonicalRequest(view, signature, crypto::Sha256Hex(request.body));
  WK_ASSERT(canonical.has_value());
  const std::string hash =
      ComputeSignature(DeriveSigningKey(key.secret, scope), StringToSign(date, scope, *canonical));
  std::string authorization = "AWS4-HMAC-SHA256 Credential=";
  authorization.append(key.access_key_id).append("/").append(scope.Text());
  authorization.append(", SignedHeaders=").append(signature.signed_headers);
  authorization.append(", Signature=").append(hash);
  request.headers.emplace_back("Authorization", std::move(authorization));
}

}  // namespace wardkeep::auth
