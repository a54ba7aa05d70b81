// Every refusal of reference/sigv4.md section 4 with its code, status and text, and the order in which they
// are found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "unit/auth/verify_fixture.h"

namespace wardkeep::auth {
namespace {

constexpr std::string_view kWrong =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key "
    "and signing method. Consult the service documentation for details.";
constexpr std::string_view kHashMark = " (Hashed with SHA-256 and encoded with Base64) Authorization=<hash>";

struct Refusal {
  const char* name;
  std::function<TestRequest()> request;
  std::string_view check;
  std::string_view code;
  int status;
  std::string message;  // "<hash>" stands for the hash of the Authorization header
};

TestRequest PostWith(const std::function<void(TestRequest&)>& change) {
  TestRequest request = SignedPost();
  change(request);
  return request;
}

TestRequest GetWith(std::string_view from, std::string_view to) {
  TestRequest request = PresignedGet();
  ReplaceOnce(request.target, from, to);
  return request;
}

// The signed request with one text of its Authorization header replaced.
std::function<TestRequest()> Authorization(std::string from, std::string to) {
  return [from, to] {
    return PostWith([&](TestRequest& request) {
      std::string header = request.Get("Authorization");
      ReplaceOnce(header, from, to);
      request.Set("Authorization", header);
    });
  };
}

std::function<TestRequest()> Whole(std::string header) {
  return [header] { return PostWith([&](TestRequest& request) { request.Set("Authorization", header); }); };
}

std::function<TestRequest()> Query(std::string from, std::string to) {
  return [from, to] { return GetWith(from, to); };
}

std::function<TestRequest()> Signed(std::function<void(ClientOptions&)> change) {
  return [change] {
    ClientOptions options;
    change(options);
    return SignedPost(options);
  };
}

std::function<TestRequest()> Target(std::string target) {
  return [target] { return PostWith([&](TestRequest& request) { request.target = target; }); };
}

std::function<TestRequest()> Header(std::string name, std::string value) {
  return [name, value] { return PostWith([&](TestRequest& request) { request.Set(name, value); }); };
}

std::vector<Refusal> ParsingRefusals() {
  return {
      {"escape cut after percent", Target("/?a=%"), "4", "MalformedQueryString", 400,
       "Incomplete trailing escape % sequence"},
      {"escape cut after a digit", Target("/?a=b&%2"), "4", "MalformedQueryString", 400,
       "Incomplete trailing escape % sequence"},
      {"escape not hexadecimal", Target("/?a=%20%zz"), "4", "MalformedQueryString", 400,
       "Illegal hex characters in escape % pattern: %zz"},
      {"nothing signed", [] { return PostWith([](TestRequest& r) { r.Remove("Authorization"); }); }, "5",
       "MissingAuthenticationToken", 403, "Request is missing Authentication Token"},
      {"header and query", Target("/?X-Amz-Algorithm=AWS4-HMAC-SHA256"), "5", "SignatureDoesNotMatch", 403,
       ""},
      {"other algorithm", Authorization("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"), "6a", "IncompleteSignature",
       400, "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'."},
      {"asymmetric algorithm", Authorization("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "6a",
       "IncompleteSignature", 400, "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'."},
      {"bearer token", Whole("Bearer abc"), "6a", "IncompleteSignature", 400,
       "Unsupported AWS 'algorithm': 'Bearer'."},
      {"empty header", Whole(""), "6a", "IncompleteSignature", 400, "Unsupported AWS 'algorithm': ''."},
      {"other algorithm in query", Query("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"), "6a",
       "MissingAuthenticationToken", 403, "Missing Authentication Token"},
      {"pair without equal sign", Whole("AWS4-HMAC-SHA256 Credential=a, oops, Signature=b"), "6b",
       "IncompleteSignature", 400,
       "'oops' not a valid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 "
       "and "
       "encoded with Base64): '<hash>'."},
      {"no credential", Authorization("Credential=", "Other="), "6d", "IncompleteSignature", 400,
       "Authorization header requires 'Credential' parameter." + std::string(kHashMark)},
      {"no signature", Authorization("Signature=", "Other="), "6d", "IncompleteSignature", 400,
       "Authorization header requires 'Signature' parameter." + std::string(kHashMark)},
      {"no signed headers", Authorization("SignedHeaders=", "Other="), "6d", "IncompleteSignature", 400,
       "Authorization header requires 'SignedHeaders' parameter." + std::string(kHashMark)},
      {"no date", [] { return PostWith([](TestRequest& r) { r.Remove("X-Amz-Date"); }); }, "6d",
       "IncompleteSignature", 400,
       "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header." +
           std::string(kHashMark)},
      {"nothing but the algorithm",
       [] {
         return PostWith([](TestRequest& r) {
           r.Set("Authorization", "AWS4-HMAC-SHA256");
           r.Remove("X-Amz-Date");
         });
       },
       "6d", "IncompleteSignature", 400,
       "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
       "parameter. "
       "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of "
       "either a "
       "'X-Amz-Date' or a 'Date' header." +
           std::string(kHashMark)},
      {"no credential in query", Query("X-Amz-Credential", "Other"), "6d", "IncompleteSignature", 400,
       "AWS query-string parameters must include 'X-Amz-Credential'. Re-examine the query-string "
       "parameters."},
      {"no signature in query", Query("X-Amz-Signature", "Other"), "6d", "IncompleteSignature", 400,
       "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters."},
      {"no signed headers in query", Query("X-Amz-SignedHeaders", "Other"), "6d", "IncompleteSignature", 400,
       "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string "
       "parameters."},
      {"only the algorithm in query",
       [] {
         return PostWith([](TestRequest& r) {
           r.Remove("Authorization"), r.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256";
         });
       },
       "6d", "IncompleteSignature", 400,
       "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must "
       "include "
       "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string "
       "parameters "
       "must include 'X-Amz-Date'. Re-examine the query-string parameters."},
      {"no date in query", Query("X-Amz-Date", "Other"), "6d", "IncompleteSignature", 400,
       "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters."},
  };
}

std::string DateText(const std::string& got) {
  return "Date must be in ISO-8601 'basic format'. Got '" + got +
         "'. See http://en.wikipedia.org/wiki/ISO_8601";
}

std::vector<Refusal> DateRefusals() {
  return {
      {"date is no date", Header("X-Amz-Date", "yesterday"), "9", "IncompleteSignature", 400,
       DateText("yesterday")},
      {"date is empty", Header("X-Amz-Date", ""), "9", "IncompleteSignature", 400, DateText("")},
      {"date without zone", Header("X-Amz-Date", "20250101T000000"), "9", "IncompleteSignature", 400,
       DateText("20250101T000000")},
      {"month 13", Header("X-Amz-Date", "20251301T000000Z"), "9", "IncompleteSignature", 400,
       DateText("20251301T000000Z")},
      {"extended form in query", Query("X-Amz-Date=20250101T000000Z", "X-Amz-Date=2025-01-01T00:00:00Z"), "9",
       "IncompleteSignature", 400, DateText("2025-01-01T00:00:00Z")},
      {"a second too old", Header("X-Amz-Date", "20241231T234459Z"), "10", "SignatureDoesNotMatch", 403,
       "Signature expired: 20241231T234459Z is now earlier than 20241231T234500Z (20250101T000000Z - 15 "
       "min.)"},
      {"a second too new", Header("X-Amz-Date", "20250101T001501Z"), "11", "SignatureDoesNotMatch", 403,
       "Signature not yet current: 20250101T001501Z is still later than 20250101T001500Z (20250101T000000Z + "
       "15 "
       "min.)"},
      {"year 0", Header("X-Amz-Date", "00000101T000000Z"), "10", "SignatureDoesNotMatch", 403,
       "Signature expired: 00000101T000000Z is now earlier than 20241231T234500Z (20250101T000000Z - 15 "
       "min.)"},
  };
}

std::vector<Refusal> ScopeRefusals() {
  return {
      {"host not signed", Authorization("content-type;host;x-amz-date", "content-type;x-amz-date"), "8",
       "SignatureDoesNotMatch", 403,
       "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."},
      {"target not signed", Header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots"), "8",
       "SignatureDoesNotMatch", 403, "There were headers present in the request which were not signed"},
      {"credential of four parts", Authorization("/aws4_request", ""), "12", "IncompleteSignature", 400,
       "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
       "'AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/iam'"},
      {"credential of six parts", Authorization("/aws4_request", "/aws4_request/x"), "12",
       "IncompleteSignature", 400,
       "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
       "'AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/iam/aws4_request/x'"},
      {"empty credential", Authorization("AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/iam/aws4_request", ""),
       "12", "IncompleteSignature", 400,
       "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
       "''"},
      {"no region", Signed([](ClientOptions& o) { o.region = ""; }), "13", "SignatureDoesNotMatch", 403,
       "Credential should be scoped to a valid region. "},
      {"region of foreign characters", Signed([](ClientOptions& o) { o.region = "us east"; }), "13",
       "SignatureDoesNotMatch", 403, "Credential should be scoped to a valid region. "},
      {"other service", Signed([](ClientOptions& o) { o.service = "sts"; }), "13", "SignatureDoesNotMatch",
       403, "Credential should be scoped to correct service: 'iam'. "},
      {"other terminator", Signed([](ClientOptions& o) { o.terminator = "aws5"; }), "13",
       "SignatureDoesNotMatch", 403,
       "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. "},
      {"other date", Signed([](ClientOptions& o) { o.scope_date = "20250102"; }), "13",
       "SignatureDoesNotMatch", 403,
       "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20250102' "
       "!= "
       "'20250101', from '20250101T000000Z'."},
      {"all of the scope", Signed([](ClientOptions& o) {
         o.region = "", o.service = "sts", o.terminator = "x", o.scope_date = "1";
       }),
       "13", "SignatureDoesNotMatch", 403,
       "Credential should be scoped to a valid region. Credential should be scoped to correct service: "
       "'iam'. "
       "Credential should be scoped with a valid terminator: 'aws4_request', not 'x'. Date in Credential "
       "scope does "
       "not match YYYYMMDD from ISO-8601 version of date from HTTP: '1' != '20250101', from "
       "'20250101T000000Z'."},
      {"unknown key", Signed([](ClientOptions& o) { o.key_id = "AKIAUNKNOWN"; }), "15",
       "InvalidClientTokenId", 403, "The security token included in the request is invalid."},
  };
}

std::vector<Refusal> SignatureRefusals() {
  return {
      {"wrong secret", Signed([](ClientOptions& o) { o.secret = "x"; }), "16", "SignatureDoesNotMatch", 403,
       std::string(kWrong)},
      {"signed header was not sent", Authorization("content-type;host", "content-type;expect;host"), "16",
       "SignatureDoesNotMatch", 403, std::string(kWrong)},
      {"signed header listed twice", Authorization("host;", "host;host;"), "16", "SignatureDoesNotMatch", 403,
       std::string(kWrong)},
      {"signature in capitals",
       [] {
         return PostWith([](TestRequest& request) {
           std::string header = request.Get("Authorization");
           const auto at = header.find("Signature=") + 10;
           std::ranges::transform(header.begin() + static_cast<std::ptrdiff_t>(at), header.end(),
                                  header.begin() + static_cast<std::ptrdiff_t>(at),
                                  [](char c) { return base::AsciiUpper(c); });
           request.Set("Authorization", header);
         });
       },
       "16", "SignatureDoesNotMatch", 403, std::string(kWrong)},
      {"signature is empty",
       [] {
         return PostWith([](TestRequest& r) {
           std::string header = r.Get("Authorization");
           r.Set("Authorization", header.substr(0, header.find("Signature=") + 10));
         });
       },
       "16", "SignatureDoesNotMatch", 403, std::string(kWrong)},
      {"declared hash of another body", Header("X-Amz-Content-Sha256", crypto::Sha256Hex("other")), "16",
       "SignatureDoesNotMatch", 403, std::string(kWrong)},
      {"unsigned payload", Header("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), "16", "SignatureDoesNotMatch",
       403, std::string(kWrong)},
      {"streaming payload", Header("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), "16",
       "SignatureDoesNotMatch", 403, std::string(kWrong)},
  };
}

class Refusals : public VerifyTest {
 protected:
  void Expect(const Refusal& row) {
    SCOPED_TRACE(row.name);
    const TestRequest request = row.request();
    const auto verified = Verify(request);
    ASSERT_FALSE(verified);
    const AuthError& error = verified.error();
    std::string message = row.message;
    if (const auto at = message.find("<hash>"); at != std::string::npos) {
      message.replace(at, 6, base::Base64Encode(crypto::Sha256Of(request.Get("Authorization"))));
    }
    EXPECT_EQ(error.code, row.code);
    EXPECT_EQ(error.http_status, row.status);
    EXPECT_EQ(error.message, message);
    EXPECT_EQ(error.check, row.check);
    EXPECT_EQ(cache_.size(), 0U);
  }
};

TEST_F(Refusals, OfParsing) {
  for (const Refusal& row : ParsingRefusals()) Expect(row);
}
TEST_F(Refusals, OfDates) {
  for (const Refusal& row : DateRefusals()) Expect(row);
}
TEST_F(Refusals, OfSignedHeadersAndScope) {
  for (const Refusal& row : ScopeRefusals()) Expect(row);
}
TEST_F(Refusals, OfTheSignature) {
  for (const Refusal& row : SignatureRefusals()) Expect(row);
}

TEST_F(Refusals, OfTheCredentialSourceArePassedOn) {
  credentials_.error = ExpiredToken();
  const auto verified = Verify(SignedPost());
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code, "ExpiredToken");
  EXPECT_EQ(verified.error().http_status, 403);
  EXPECT_EQ(verified.error().message, "The security token included in the request is expired");
  EXPECT_EQ(verified.error().check, "14b");
}

TEST_F(Refusals, BeforeTheKeyLookupDoNotAskForTheKey) {
  for (const Refusal& row : ParsingRefusals()) (void)Verify(row.request());
  for (const Refusal& row : DateRefusals()) (void)Verify(row.request());
  EXPECT_EQ(credentials_.calls, 0);
}

TEST_F(Refusals, OfAnOversizedBody) {
  options_.max_body_bytes = SignedPost().body.size();
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  --options_.max_body_bytes;
  const auto verified = Verify(SignedPost());
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().http_status, 413);
}

// One fault is added after the other, from the last check to the first; the newest is always the one
// reported.
TEST_F(Refusals, AreReportedInTheOrderOfTheChecks) {
  TestRequest request = SignedPost();
  const auto edit = [&](std::string_view from, std::string_view to) {
    std::string header = request.Get("Authorization");
    ReplaceOnce(header, from, to);
    request.Set("Authorization", header);
  };
  const std::vector<std::pair<std::string_view, std::function<void()>>> faults = {
      {"16", [&] { request.body += "x"; }},
      {"15", [&] { edit("AKIAIOSFODNN7EXAMPLE", "AKIAUNKNOWN"); }},
      {"13", [&] { edit("/iam/", "/sts/"); }},
      {"12", [&] { edit("/aws4_request", ""); }},
      {"10", [&] { request.Set("X-Amz-Date", "20200101T000000Z"); }},
      {"9", [&] { request.Set("X-Amz-Date", "x"); }},
      {"8", [&] { edit("host;", ""); }},
      {"6d", [&] { edit("Signature=", "Other="); }},
      {"6b", [&] { edit("Other=", "Other"); }},
      {"6a", [&] { edit("AWS4-HMAC-SHA256", "AWS4"); }},
      {"5", [&] { request.target = "/?X-Amz-Algorithm=x"; }},
      {"4", [&] { request.target += "%"; }},
  };
  for (const auto& [check, add] : faults) {
    add();
    const auto verified = Verify(request);
    ASSERT_FALSE(verified) << check;
    EXPECT_EQ(verified.error().check, check);
  }
}

TEST_F(Refusals, NeverTellWhatWasCalculated) {
  ClientOptions options;
  options.secret = "wrong";
  const auto verified = Verify(SignedPost(options));
  ASSERT_FALSE(verified);
  const std::string right = SignedPost().Get("Authorization");
  EXPECT_EQ(verified.error().message.find(right.substr(right.size() - 64)), std::string::npos);
}

}  // namespace
}  // namespace wardkeep::auth
