// What authentication costs for one request: a CreateUser call as botocore signs it, with headers enough to
// make its canonical request about 600 bytes.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "auth/canonical_request.h"
#include "auth/session_token.h"
#include "auth/signing_key.h"
#include "auth/verify.h"
#include "base/base64.h"
#include "base/time_text.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "crypto/system_rng.h"

namespace wardkeep::auth {
namespace {

constexpr std::string_view kDate = "20250101T000000Z";

class FixedSecret final : public CredentialSource {
 public:
  base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery&) override {
    return base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  }
};

// The signed request, and how long its canonical form is.
struct Example {
  Example() {
    const CredentialScope scope = {"AKIAQNZGKIQY56JQ7WML", "20250101", "us-east-1", "iam", "aws4_request"};
    headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
               {"Host", "127.0.0.1:8480"},
               {"User-Agent", "aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64.debian.12 prompt/off"},
               {"X-Amz-Date", kDate},
               {"X-Amz-Security-Token", token},
               {"Content-Length", "74"}};
    ParsedSignature signature;
    signature.signed_headers = "content-type;host;x-amz-date;x-amz-security-token";
    request = {"POST", "/", headers, body};
    const auto canonical = CanonicalRequest(request, signature, crypto::Sha256Hex(body));
    canonical_size = canonical->size();
    const auto key = DeriveSigningKey(base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), scope);
    authorization = "AWS4-HMAC-SHA256 Credential=" + scope.access_key_id + "/" + scope.Text() +
                    ", SignedHeaders=" + signature.signed_headers +
                    ", Signature=" + ComputeSignature(key, StringToSign(kDate, scope, *canonical));
    headers.push_back({"Authorization", authorization});
    request.headers = headers;
  }

  std::string token = std::string(340, 'T');
  std::string body = "Action=CreateUser&Version=2010-05-08&UserName=alexandra&Path=%2Fteam%2Fops%2F";
  std::string authorization;
  std::vector<HeaderView> headers;
  SignedRequestView request;
  std::size_t canonical_size = 0;
};

void VerifyOnce(const Example& example, const SignatureVerifier& verifier) {
  FixedSecret credentials;
  const auto signature = ParseSignature(example.request);
  const auto verified = verifier.Verify(example.request, *signature, "iam", credentials);
  if (!verified) std::abort();
}

void VerifyWithKnownKey(benchmark::State& state) {
  const Example example;
  const base::ManualClock clock(*base::ParseIsoBasic(kDate));
  SigningKeyCache cache;
  const SignatureVerifier verifier(clock, cache);
  for (auto _ : state) VerifyOnce(example, verifier);
  state.counters["canonical_bytes"] = static_cast<double>(example.canonical_size);
}
BENCHMARK(VerifyWithKnownKey);

void VerifyWithNewKey(benchmark::State& state) {
  const Example example;
  const base::ManualClock clock(*base::ParseIsoBasic(kDate));
  SigningKeyCache cache;
  const SignatureVerifier verifier(clock, cache);
  for (auto _ : state) {
    VerifyOnce(example, verifier);
    cache.Erase("AKIAQNZGKIQY56JQ7WML");
  }
}
BENCHMARK(VerifyWithNewKey);

void HashOf600Bytes(benchmark::State& state) {
  const std::string text(600, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(crypto::Sha256Of(text));
}
BENCHMARK(HashOf600Bytes);

void HmacOf200Bytes(benchmark::State& state) {
  const std::string key(32, 'k');
  const std::string text(200, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(crypto::HmacSha256(base::AsBytes(key), text));
}
BENCHMARK(HmacOf200Bytes);

void OpenSessionToken(benchmark::State& state) {
  crypto::SystemRng rng;
  const std::array<uint8_t, crypto::KeyBytes::kSize> zeros{};
  const crypto::Sealer sealer(crypto::KeyBytes(zeros), rng);
  const SessionTokens tokens(sealer);
  Session session;
  session.account_id = base::AccountId("029608264753");
  session.principal_id = "AROAQNZGKIQY56JQ7WMLA";
  session.role_name = "deploy";
  session.session_name = "ci-run-1234";
  const auto issued =
      IssuedSession::FirstHand(std::move(session), nullptr, {base::Instant(), kChainedLimit, rng});
  const std::string token = *tokens.Seal(*issued);
  const std::string& key_id = issued->session().access_key_id;
  for (auto _ : state) benchmark::DoNotOptimize(tokens.Open(key_id, token));
  state.counters["token_characters"] = static_cast<double>(token.size());
}
BENCHMARK(OpenSessionToken);

}  // namespace
}  // namespace wardkeep::auth
