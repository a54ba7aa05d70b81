#include "pipeline/authenticate.h"

#include <utility>
#include <vector>

#include "pipeline/credentials.h"

namespace wardkeep::pipeline {

base::Result<Authenticated, AuthenticationRefusal> Authenticate(const base::HttpRequest& http,
                                                                const api::Service& service,
                                                                const auth::SignatureVerifier& verifier,
                                                                const Services& services, base::Instant now) {
  std::vector<auth::HeaderView> headers;
  headers.reserve(http.headers.size());
  for (const auto& [name, value] : http.headers) headers.push_back({name, value});
  const auth::SignedRequestView view{
      .method = http.method, .raw_target = http.target, .headers = headers, .body = http.body};
  const auto signature = auth::ParseSignature(view);
  if (!signature) return AuthenticationRefusal{signature.error(), {}};
  Credentials credentials(services, now);
  const auto verified = verifier.Verify(view, *signature, service.signing_name, credentials);
  if (!verified) return AuthenticationRefusal{verified.error(), credentials.fault()};
  Authenticated result{std::move(credentials).TakeIdentity(), std::string(verified->scope.region)};
  const CallerIdentity& caller = result.caller;
  if (!caller.session) {
    services.usage.RecordKey(caller.account_id, caller.access_key_id, service.signing_name, result.region,
                             now);
  }
  if (caller.role != nullptr)
    services.usage.RecordRole(caller.account_id, caller.role->id, result.region, now);
  return result;
}

}  // namespace wardkeep::pipeline
