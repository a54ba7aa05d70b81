#include "federation/idp_certificate.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "base/ascii.h"
#include "certificate/pem.h"
#include "certificate/x509_certificate.h"
#include "crypto/certificate_thumbprint.h"
#include "federation/https_get.h"
#include "federation/oidc_url.h"
#include "json/parse.h"

namespace wardkeep::federation {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kScheme = "https://";

base::Error Invalid(std::string what) {
  return {base::ErrorCode::kInvalid, std::move(what)};
}

std::string_view HostOf(std::string_view name) {
  return name.substr(0, name.find('/'));
}

std::string DiscoveryUrl(const IdpQuestion& question) {
  std::string url(kScheme);
  const std::string_view host = HostOf(question.name);
  url.append(host);
  if (question.port != 443) url.append(":").append(std::to_string(question.port));
  url.append(question.name.substr(host.size()));
  if (url.ends_with('/')) url.pop_back();
  return url.append("/.well-known/openid-configuration");
}

base::Result<std::string> Ask(const IdpQuestion& question, Clock::time_point deadline) {
  if (!question.addresses.MayAsk(HostOf(question.name))) return Invalid("the host is a number");
  WK_ASSIGN(const HttpsAnswer answer, HttpsGet({.url = DiscoveryUrl(question),
                                                .addresses = question.addresses,
                                                .deadline = deadline,
                                                .stopping = question.stopping}));
  WK_TRY(CheckDiscovery(answer.body, question.name));
  return LastThumbprint(answer.pem_chain, question.now);
}

void WaitUntil(Clock::time_point deadline, const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_until(lock, stopping, deadline, [] { return false; });
}

}  // namespace

base::Result<std::string> LastThumbprint(std::string_view pem_chain, base::Instant now) {
  const auto chain = certificate::ReadChain(pem_chain);
  const auto blocks = certificate::ReadPem(pem_chain, certificate::kMaxChain);
  if (!chain || !blocks) return Invalid("no chain of certificates");
  for (std::size_t i = 0; i < chain->size(); ++i) {
    if (!(*chain)[i].IsValidAt(now)) return Invalid("a certificate is not valid today");
    if (i > 0 && !(*chain)[i - 1].IsIssuedBy((*chain)[i])) return Invalid("the chain is broken");
  }
  return crypto::CertificateThumbprint(blocks->back().bytes());
}

base::Result<void> CheckDiscovery(std::string_view document, std::string_view name) {
  const auto root = json::Parse(document);
  if (!root) return Invalid("the discovery document is not JSON");
  const json::Value* issuer = root->Find("issuer");
  if (issuer == nullptr || issuer->AsString() == nullptr ||
      *issuer->AsString() != std::string(kScheme) + std::string(name)) {
    return Invalid("the discovery document names another issuer");
  }
  const json::Value* keys = root->Find("jwks_uri");
  const auto keys_name = keys == nullptr || keys->AsString() == nullptr ? std::nullopt
                                                                         : OidcProviderName(*keys->AsString());
  if (!keys_name) return Invalid("the discovery document has no jwks_uri");
  if (!base::EqualsIgnoreAsciiCase(HostOf(*keys_name), HostOf(name))) {
    return Invalid("the key set is on another host");
  }
  return {};
}

base::Result<std::string> FetchIdpThumbprint(const IdpQuestion& question) {
  const auto deadline = Clock::now() + question.patience;
  auto thumbprint = Ask(question, deadline);
  if (!thumbprint) WaitUntil(deadline, question.stopping);
  return thumbprint;
}

}  // namespace wardkeep::federation
