// wk_evaluate, and moving a request on to the next resource, allocate nothing.
#include <gtest/gtest.h>

#include <string_view>

#include "allocation/count_allocations.h"
#include "wardkeep/wardkeep.h"

namespace {

constexpr std::string_view kPolicies =
    R"({"identity":[{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":)"
    R"("arn:aws:s3:::team/${aws:username}/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]}],)"
    R"("serviceControl":[{"id":"r","policies":[{"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
    R"("Action":"*","Resource":"*"}]}]}]})";
constexpr std::string_view kRequest =
    R"({"principal":{"arn":"arn:aws:iam::111122223333:user/ann"},"action":"s3:GetObject",)"
    R"("resource":{"arn":"arn:aws:s3:::team/ann/a/long/key/that/needs/room"},"context":{"aws:SourceIp":"203.0.113.9"}})";

TEST(CInterfaceAllocation, DecidingAllocatesNothing) {
  wk_policies* policies = nullptr;
  wk_request* request = nullptr;
  ASSERT_EQ(wk_policies_compile(kPolicies.data(), kPolicies.size(), 0, &policies, nullptr), WK_OK);
  ASSERT_EQ(wk_request_parse(kRequest.data(), kRequest.size(), &request, nullptr), WK_OK);
  wk_decision decision = {};
  int allowed = 0;
  const long start = wardkeep::allocation::CountAllocations();
  for (const std::string_view resource :
       {std::string_view("arn:aws:s3:::team/ann/plan"), std::string_view("arn:aws:s3:::team/bob/plan")}) {
    const wk_status set = wk_request_set_resource(request, {resource.data(), resource.size()}, {"", 0});
    const wk_status decided = wk_evaluate(policies, request, &decision);
    if (set == WK_OK && decided == WK_OK && decision.verdict == WK_ALLOWED) ++allowed;
  }
  const long during = wardkeep::allocation::CountAllocations() - start;
  EXPECT_EQ(during, 0);
  EXPECT_EQ(allowed, 1);
  wk_request_free(request);
  wk_policies_free(policies);
}

}  // namespace
