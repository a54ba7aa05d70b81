#include "auth/sign_request.h"

#include <gtest/gtest.h>

#include "base/time_text.h"
#include "signing_client.h"

namespace wardkeep::auth {
namespace {

// The program's own signature is that of the independent client of these tests.
TEST(SignRequest, AgreesWithTheTestClient) {
  ClientOptions options;
  options.service = "sts";
  options.region = "eu-west-3";
  TestRequest expected;
  expected.headers = {{"Host", "127.0.0.1:8480"},
                      {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                      {"X-Amz-Date", options.date}};
  expected.body = "Action=GetCallerIdentity&Version=2011-06-15";
  SignInHeader(expected, options);

  base::HttpRequest request;
  request.method = "POST";
  request.target = "/";
  request.headers = {{"Host", "127.0.0.1:8480"},
                     {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = expected.body;
  const ClientKey key{options.key_id, base::Secret(options.secret)};
  SignRequest(request, key, options.region, options.service, *base::ParseIsoBasic(options.date));
  EXPECT_EQ(*request.Header("X-Amz-Date"), options.date);
  EXPECT_EQ(*request.Header("Authorization"), expected.Get("Authorization"));
}

}  // namespace
}  // namespace wardkeep::auth
