// Every case of the public signature test suite: the request gives the canonical request, that the string to
// sign, that the Authorization header, and the signed request is accepted by the verifier.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "auth/verify.h"
#include "base/time_text.h"
#include "corpus/sigv4/request_file.h"
#include "crypto/digest.h"

namespace wardkeep::auth {
namespace {

constexpr std::string_view kKeyId = "AKIDEXAMPLE";
constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
// The one signed request of the suite whose signature belongs to another case; its .authz file has the right
// one.
constexpr std::string_view kCaseWithForeignSignature = "get-vanilla-with-session-token";

std::filesystem::path CorpusFolder() {
  const char* folder = std::getenv("WARDKEEP_CORPUS");
  return std::filesystem::path(folder == nullptr ? "" : folder) / "sigv4";
}

// Without carriage returns: some checkouts of the suite have them.
std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  std::string content = text.str();
  std::erase(content, '\r');
  return content;
}

// The path of each case without extension, found by its .sreq file.
std::vector<std::filesystem::path> FindCases() {
  std::vector<std::filesystem::path> cases;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CorpusFolder())) {
    if (entry.path().extension() != ".sreq") continue;
    auto name = entry.path();
    cases.push_back(name.replace_extension());
  }
  std::ranges::sort(cases);
  return cases;
}

std::string File(const std::filesystem::path& name, const char* extension) {
  auto path = name;
  path += extension;
  return ReadFile(path);
}

class FixedSecret final : public CredentialSource {
 public:
  base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery& query) override {
    if (query.access_key_id != kKeyId) return base::Unexpected(InvalidClientTokenId());
    return base::Secret(kSecret);
  }
};

class SigV4Corpus : public testing::TestWithParam<std::filesystem::path> {
 protected:
  base::Result<VerifiedSignature, AuthError> Verify(const SignedRequestView& request) {
    WK_ASSIGN(const ParsedSignature signature, ParseSignature(request));
    return verifier_.Verify(request, signature, "service", credentials_);
  }

  base::ManualClock clock_{*base::ParseIsoBasic("20150830T123600Z")};
  SigningKeyCache cache_;
  SignatureVerifier verifier_{clock_, cache_};
  FixedSecret credentials_;
};

TEST_P(SigV4Corpus, CanonicalFormsMatchTheFiles) {
  const RequestFile request(File(GetParam(), ".sreq"));
  const auto signature = ParseSignature(request.view());
  ASSERT_TRUE(signature) << signature.error().message;
  const auto canonical = CanonicalRequest(request.view(), *signature, crypto::Sha256Hex(request.view().body));
  ASSERT_TRUE(canonical);
  EXPECT_EQ(*canonical, File(GetParam(), ".creq"));

  const auto scope = ParseCredential(signature->credential);
  ASSERT_TRUE(scope);
  const std::string to_sign = StringToSign("20150830T123600Z", *scope, *canonical);
  EXPECT_EQ(to_sign, File(GetParam(), ".sts"));

  const auto key = DeriveSigningKey(base::Secret(kSecret), *scope);
  EXPECT_EQ("AWS4-HMAC-SHA256 Credential=" + signature->credential + ", SignedHeaders=" +
                signature->signed_headers + ", Signature=" + ComputeSignature(key, to_sign),
            File(GetParam(), ".authz"));
}

TEST_P(SigV4Corpus, SignedRequestIsAccepted) {
  RequestFile request(File(GetParam(), ".sreq"));
  const std::string authorization = File(GetParam(), ".authz");
  if (GetParam().filename() == kCaseWithForeignSignature) {
    const auto verdict = Verify(request.view());
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "SignatureDoesNotMatch");
    request.ReplaceHeader("Authorization", authorization);
  }
  const auto verdict = Verify(request.view());
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_EQ(verdict->scope.access_key_id, kKeyId);
}

TEST_P(SigV4Corpus, UnsignedRequestIsRefused) {
  const RequestFile request(File(GetParam(), ".req"));
  const auto verdict = Verify(request.view());
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().code, "MissingAuthenticationToken");
}

TEST_P(SigV4Corpus, ChangedMethodTargetOrBodyIsRefused) {
  const RequestFile request(File(GetParam(), ".sreq"));
  SignedRequestView other = request.view();
  other.method = other.method == "GET" ? "POST" : "GET";
  EXPECT_FALSE(Verify(other));
  other = request.view();
  other.raw_target = "/other?Param1=other";
  EXPECT_FALSE(Verify(other));
  other = request.view();
  other.body = "other";
  EXPECT_FALSE(Verify(other));
}

std::string CaseName(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.filename();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, SigV4Corpus, testing::ValuesIn(FindCases()), CaseName);

TEST(SigV4CorpusFolder, HoldsTheWholeSuite) {
  EXPECT_EQ(FindCases().size(), 34U);
}

}  // namespace
}  // namespace wardkeep::auth
