// Delegation requests survive the stored form.
#include <gtest/gtest.h>

#include "sample_entities.h"
#include "snapshot/account_codec.h"
#include "snapshot/delegation_request_codec.h"
#include "snapshot/load_state.h"

namespace wardkeep::snapshot {
namespace {

using sample::At;

entity::DelegationRequest Sample() {
  entity::DelegationRequest request;
  request.id = "0d5f7f2e-0000-4000-8000-000000000001";
  request.requestor = base::AccountId("111122223333");
  request.template_arn = "arn:t";
  request.policy = "{}";
  request.session_duration = 300;
  request.create_date = At(1);
  request.update_date = At(2);
  request.expiration = At(3);
  return request;
}

TEST(DelegationRequestCodec, RoundTripsEveryMember) {
  entity::DelegationRequest request = Sample();
  request.names_owner_account = true;
  request.requestor_name = "Partner";
  request.description = "d\n";
  request.message = "m";
  request.workflow_id = "w";
  request.notification_channel = "arn:c";
  request.redirect_url = "https://x";
  request.parameters = {{"one", false, {"a"}}, {"many", true, {"b", "c"}}, {"none", true, {}}};
  request.only_send_by_owner = true;
  request.state = entity::DelegationState::kRejected;
  request.owner = {"arn:o", "AIDA1"};
  request.approver = {"arn:a", "AROA1:s"};
  request.notes = "n";
  request.rejection_reason = "r";
  const auto read = DecodeDelegationRequest(EncodeDelegationRequest(request));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(EncodeDelegationRequest(*read), EncodeDelegationRequest(request));
  EXPECT_EQ(read->state, entity::DelegationState::kRejected);
  EXPECT_EQ(read->requestor, request.requestor);
  EXPECT_EQ(read->approver.principal_id, "AROA1:s");
  ASSERT_EQ(read->parameters.size(), 3U);
  EXPECT_TRUE(read->parameters[1].is_list);
  EXPECT_EQ(read->parameters[1].values, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(read->expiration, At(3));
}

TEST(DelegationRequestCodec, RefusesUnknownStates) {
  std::string body = EncodeDelegationRequest(Sample());
  body.replace(body.find("\"state\":1"), 9, "\"state\":7");
  EXPECT_FALSE(DecodeDelegationRequest(body));
}

TEST(LoadState, FindsDelegationRequestsByIdAndRefusesStrangeOnes) {
  const entity::DelegationRequest request = Sample();
  const auto load = [&](const std::string& id) {
    std::vector<storage::Document> documents = {
        {sample::kAccount, storage::DocumentKind::kAccount, sample::kAccount.value(), "", 1,
         EncodeAccount(sample::Account())},
        {sample::kAccount, storage::DocumentKind::kDelegationRequest, id, id, 1,
         EncodeDelegationRequest(request)}};
    return LoadState(sample::kAccount, std::move(documents));
  };
  const auto state = load(request.id);
  ASSERT_TRUE(state) << state.error().ToString();
  ASSERT_NE((*state)->FindDelegationRequest(request.id), nullptr);
  EXPECT_EQ((*state)->DelegationRequestArn(request),
            "arn:aws:iam::123456789012:delegation-request/" + request.id);
  EXPECT_FALSE(load("another"));
}

}  // namespace
}  // namespace wardkeep::snapshot
