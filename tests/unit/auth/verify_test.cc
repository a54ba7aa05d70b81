#include "auth/verify.h"

#include <gtest/gtest.h>

#include "unit/auth/verify_fixture.h"

namespace wardkeep::auth {
namespace {

class Verify : public VerifyTest {};

TEST_F(Verify, AcceptsBothForms) {
  const auto header = VerifyTest::Verify(SignedPost());
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->form, SignatureForm::kHeader);
  EXPECT_EQ(header->scope.access_key_id, kTestKeyId);
  EXPECT_EQ(header->scope.region, "us-east-1");
  EXPECT_EQ(header->scope.service, "iam");
  EXPECT_EQ(base::FormatIsoBasic(header->signed_at), "20250101T000000Z");
  const auto presigned = VerifyTest::Verify(PresignedGet());
  ASSERT_TRUE(presigned) << presigned.error().message;
  EXPECT_EQ(presigned->form, SignatureForm::kPresigned);
}

// The published example of the AWS documentation: ListUsers on 30 August 2015.
TEST_F(Verify, AcceptsTheDocumentedListUsersExample) {
  TestRequest request;
  request.method = "GET";
  request.target = "/?Action=ListUsers&Version=2010-05-08";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                     {"Host", "iam.amazonaws.com"},
                     {"X-Amz-Date", "20150830T123600Z"},
                     {"Authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/iam/aws4_request, "
                      "SignedHeaders=content-type;host;x-amz-date, "
                      "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"}};
  credentials_.secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  clock_.Advance(*base::ParseIsoBasic("20150830T123600Z") - clock_.Now());
  EXPECT_EQ(Verdict(request), "accepted");
}

// The query form of the suite's get-vanilla case.
TEST_F(Verify, AcceptsThePublishedPresignedVector) {
  TestRequest request;
  request.method = "GET";
  request.headers = {{"Host", "example.amazonaws.com"}};
  request.target =
      "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20150830%2Fus-east-1%"
      "2Fservice%2F"
      "aws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=3600&X-Amz-Signature=";
  // The vector's own key id is AKIDEXAMPLE, which is part of what is signed.
  ReplaceOnce(request.target, kTestKeyId, "AKIDEXAMPLE");
  request.target += "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d";

  class Source final : public CredentialSource {
    base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery&) override {
      return base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    }
  } source;
  clock_.Advance(*base::ParseIsoBasic("20150830T123600Z") - clock_.Now());
  const RequestView view(request);
  const auto signature = ParseSignature(view.view);
  ASSERT_TRUE(signature);
  const auto verified = SignatureVerifier(clock_, cache_).Verify(view.view, *signature, "service", source);
  EXPECT_TRUE(verified) << verified.error().message;
}

TEST_F(Verify, WindowIsFifteenMinutesWithBothEnds) {
  struct Case {
    const char* date;
    const char* scope_date;
    const char* verdict;
  };
  for (const Case& c :
       {Case{"20241231T234459Z", "20241231", "SignatureDoesNotMatch"},
        Case{"20241231T234500Z", "20241231", "accepted"}, Case{"20250101T001500Z", "20250101", "accepted"},
        Case{"20250101T001501Z", "20250101", "SignatureDoesNotMatch"}}) {
    ClientOptions options;
    options.date = c.date;
    options.scope_date = c.scope_date;
    EXPECT_EQ(Verdict(SignedPost(options)), c.verdict) << c.date;
    EXPECT_EQ(Verdict(PresignedGet(options)), c.verdict) << c.date;
  }
  clock_.Advance(std::chrono::milliseconds(999));
  ClientOptions options;
  options.date = "20241231T234500Z";
  options.scope_date = "20241231";
  EXPECT_EQ(Verdict(SignedPost(options)), "accepted") << "the window is counted in whole seconds";
}

TEST_F(Verify, IgnoresExpiresOfPresignedRequests) {
  clock_.Advance(std::chrono::minutes(15));
  EXPECT_EQ(Verdict(PresignedGet()), "accepted");  // X-Amz-Expires=60
}

TEST_F(Verify, DateComesFromXAmzDateThenDateInSeveralForms) {
  struct Case {
    const char* name;
    const char* value;
  };
  for (const Case& c :
       {Case{"X-Amz-Date", "2025-01-01T00:00:00Z"}, Case{"Date", "20250101T000000Z"},
        Case{"Date", "Wed, 01 Jan 2025 00:00:00 GMT"}, Case{"Date", "2025-01-01T00:00:00Z"}}) {
    TestRequest request = SignedPost();
    request.Remove("Authorization");
    request.Remove("X-Amz-Date");
    request.Set(c.name, c.value);
    SignInHeader(request, {});
    EXPECT_EQ(Verdict(request), "accepted") << c.name << ": " << c.value;
  }
  TestRequest both = SignedPost();
  both.Set("Date", "Thu, 01 Jan 2015 00:00:00 GMT");
  EXPECT_EQ(Verdict(both), "accepted");
}

TEST_F(Verify, AuthorizationMayBeSpacedAndOrderedFreely) {
  const std::string header = SignedPost().Get("Authorization");
  const std::string signature = header.substr(header.size() - 64);
  const std::string credential = "Credential=AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/iam/aws4_request";
  const std::string names = "SignedHeaders=content-type;host;x-amz-date";
  for (const std::string& form :
       {"AWS4-HMAC-SHA256 Signature=" + signature + "," + names + "," + credential,
        "  AWS4-HMAC-SHA256    " + credential + " ,   " + names + ",\tSignature=" + signature + " ,",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e,Signature=0,Unknown=x=y," + credential + "," + names +
            ",Signature=" + signature}) {
    TestRequest request = SignedPost();
    request.Set("Authorization", form);
    EXPECT_EQ(Verdict(request), "accepted") << form;
  }
}

TEST_F(Verify, FirstAuthorizationHeaderAndFirstParameterWin) {
  TestRequest request = SignedPost();
  request.headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=x");
  EXPECT_EQ(Verdict(request), "accepted");
  const std::string header = request.Get("Authorization");
  std::swap(request.headers[request.headers.size() - 2], request.headers.back());
  EXPECT_EQ(Verdict(request), "IncompleteSignature");

  TestRequest presigned = PresignedGet();
  presigned.target += "&X-Amz-Signature=0";
  EXPECT_EQ(Verdict(presigned), "accepted");
}

TEST_F(Verify, HandsTheSessionTokenToTheCredentialSource) {
  ClientOptions options;
  options.token = "IQoJb3JpZ2luX2VjEXAMPLE/+==";
  EXPECT_EQ(Verdict(SignedPost(options)), "accepted");
  EXPECT_EQ(credentials_.asked_token, options.token);
  credentials_.asked_token.reset();
  EXPECT_EQ(Verdict(PresignedGet(options)), "accepted");
  EXPECT_EQ(credentials_.asked_token, options.token);
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  EXPECT_EQ(credentials_.asked_token, std::nullopt);
}

TEST_F(Verify, DeclaredHashOfTheBodyIsAccepted) {
  TestRequest request = SignedPost();
  request.Remove("Authorization");
  request.Set("X-Amz-Content-Sha256", crypto::Sha256Hex(request.body));
  SignInHeader(request, {});
  EXPECT_EQ(Verdict(request), "accepted");
}

TEST_F(Verify, SignedTargetIsAccepted) {
  TestRequest request = SignedPost();
  request.Remove("Authorization");
  request.Set("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots");
  SignInHeader(request, {});
  EXPECT_EQ(Verdict(request), "accepted");
}

TEST_F(Verify, HeadersThatProxiesAddMayStayUnsigned) {
  TestRequest request = SignedPost();
  request.Set("X-Forwarded-For", "10.0.0.1");
  request.Set("User-Agent", "aws-cli/2");
  EXPECT_EQ(Verdict(request), "accepted");
}

TEST_F(Verify, AnyRegionUnlessRestricted) {
  ClientOptions options;
  options.region = "my-datacenter_1.x";
  EXPECT_EQ(Verdict(SignedPost(options)), "accepted");
  options_.allowed_regions = {"eu-central-1", "us-east-1"};
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  const auto verified = VerifyTest::Verify(SignedPost(options));
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().message, "Credential should be scoped to a valid region. ");
}

// Changes one byte of one part after the other.
class ChangedByte : public VerifyTest {
 protected:
  static char Other(char c) { return c == '0' ? '1' : '0'; }
};

TEST_F(ChangedByte, OfTheAuthorizationHeaderIsRefused) {
  const TestRequest good = SignedPost();
  const std::string header = good.Get("Authorization");
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == ' ' || header[i] == ',') continue;
    TestRequest request = good;
    std::string changed = header;
    changed[i] = Other(changed[i]);
    request.Set("Authorization", changed);
    EXPECT_NE(Verdict(request), "accepted") << changed;
  }
}

TEST_F(ChangedByte, OfASignedHeaderOrTheBodyIsRefused) {
  const TestRequest good = SignedPost();
  ASSERT_EQ(Verdict(good), "accepted");
  for (std::size_t h = 0; h < good.headers.size(); ++h) {
    for (std::size_t i = 0; i < good.headers[h].second.size(); ++i) {
      if (good.headers[h].first == "Authorization") continue;
      TestRequest request = good;
      request.headers[h].second[i] = Other(request.headers[h].second[i]);
      EXPECT_NE(Verdict(request), "accepted") << request.headers[h].second;
    }
  }
  for (std::size_t i = 0; i < good.body.size(); ++i) {
    TestRequest request = good;
    request.body[i] = Other(request.body[i]);
    EXPECT_EQ(Verdict(request), "SignatureDoesNotMatch");
  }
}

TEST_F(ChangedByte, OfAPresignedTargetIsRefused) {
  ClientOptions options;
  options.token = "token";
  const TestRequest good = PresignedGet(options);
  ASSERT_EQ(Verdict(good), "accepted");
  for (std::size_t i = 2; i < good.target.size(); ++i) {
    TestRequest request = good;
    request.target[i] = Other(request.target[i]);
    EXPECT_NE(Verdict(request), "accepted") << request.target;
  }
}

}  // namespace
}  // namespace wardkeep::auth
