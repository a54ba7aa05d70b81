// Credentials beside access keys survive the stored form: of users, of the root user, server certificates.
#include <gtest/gtest.h>

#include "sample_entities.h"
#include "snapshot/account_codec.h"
#include "snapshot/account_edit.h"
#include "snapshot/load_state.h"
#include "snapshot/server_certificate_codec.h"
#include "snapshot/user_codec.h"

namespace wardkeep::snapshot {
namespace {

using entity::KeyStatus;
using sample::At;

TEST(UserCodec, RoundTripsOtherCredentials) {
  entity::User user = sample::User("AIDA1", "a");
  user.ssh_public_keys = {{"APKA1", std::string("\0\0\0\7ssh-rsa", 11), KeyStatus::kActive, At(1)},
                          {"APKA0", "x", KeyStatus::kInactive, At(2)}};
  user.signing_certificates = {{"CERT1", "-----BEGIN\n", "00ff", KeyStatus::kInactive, At(3), At(4)}};
  user.service_credentials = {
      {"ACCA1", "bedrock.amazonaws.com", "a-at-1", "ab", KeyStatus::kActive, At(5), At(6)},
      {"ACCA2", "codecommit.amazonaws.com", "a+1", "cd", KeyStatus::kInactive, At(7), std::nullopt}};
  const auto read = DecodeUser(EncodeUser(user));
  ASSERT_TRUE(read) << read.error().ToString();
  ASSERT_EQ(read->ssh_public_keys.size(), 2U);
  EXPECT_EQ(read->ssh_public_keys[0].id, "APKA1");
  EXPECT_EQ(read->ssh_public_keys[0].wire, user.ssh_public_keys[0].wire);
  EXPECT_EQ(read->ssh_public_keys[0].upload_date, At(1));
  EXPECT_EQ(read->ssh_public_keys[1].status, KeyStatus::kInactive);
  ASSERT_EQ(read->signing_certificates.size(), 1U);
  EXPECT_EQ(read->signing_certificates[0].body, "-----BEGIN\n");
  EXPECT_EQ(read->signing_certificates[0].digest, "00ff");
  EXPECT_EQ(read->signing_certificates[0].status, KeyStatus::kInactive);
  EXPECT_EQ(read->signing_certificates[0].upload_date, At(3));
  EXPECT_EQ(read->signing_certificates[0].last_rotated, At(4));
  ASSERT_EQ(read->service_credentials.size(), 2U);
  EXPECT_EQ(read->service_credentials[0].service, "bedrock.amazonaws.com");
  EXPECT_EQ(read->service_credentials[0].public_name, "a-at-1");
  EXPECT_EQ(read->service_credentials[0].secret_digest, "ab");
  EXPECT_EQ(read->service_credentials[0].expiration, At(6));
  EXPECT_FALSE(read->service_credentials[1].expiration);
  EXPECT_EQ(read->service_credentials[1].status, KeyStatus::kInactive);
}

TEST(AccountCodec, RoundTripsSigningCertificatesOfTheRootUser) {
  entity::Account account = sample::Account();
  account.root_signing_certificates = {{"CERT1", "body", "00", KeyStatus::kActive, At(3), At(3)}};
  const auto read = DecodeAccount(EncodeAccount(account));
  ASSERT_TRUE(read) << read.error().ToString();
  ASSERT_EQ(read->root_signing_certificates.size(), 1U);
  EXPECT_EQ(read->root_signing_certificates[0].id, "CERT1");
}

entity::ServerCertificate Sample(std::string id, std::string name) {
  entity::ServerCertificate certificate;
  certificate.id = std::move(id);
  certificate.name = std::move(name);
  certificate.path = "/cloudfront/";
  certificate.body = "body\n";
  certificate.chain = "chain\n";
  certificate.sealed_private_key = std::string("\1\0sealed", 8);
  certificate.upload_date = At(1);
  certificate.expiration = At(2);
  certificate.tags = {{"k", "v"}};
  return certificate;
}

TEST(ServerCertificateCodec, RoundTripsEveryMember) {
  const entity::ServerCertificate certificate = Sample("ASCA1", "Web");
  const auto read = DecodeServerCertificate(EncodeServerCertificate(certificate));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, certificate.id);
  EXPECT_EQ(read->name, certificate.name);
  EXPECT_EQ(read->path, certificate.path);
  EXPECT_EQ(read->body, certificate.body);
  EXPECT_EQ(read->chain, certificate.chain);
  EXPECT_EQ(read->sealed_private_key, certificate.sealed_private_key);
  EXPECT_EQ(read->upload_date, certificate.upload_date);
  EXPECT_EQ(read->expiration, certificate.expiration);
  EXPECT_EQ(read->tags, certificate.tags);
}

TEST(ServerCertificateCodec, RefusesABodyWithoutItsKey) {
  const auto read = DecodeServerCertificate(
      R"({"v":1,"id":"A","name":"a","path":"/","body":"b","uploaded":1,"expires":1})");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().ToString().find("`sealed_key` is missing"), std::string::npos)
      << read.error().ToString();
}

// A rename moves the certificate and leaves one document; a state loads again from what was written.
TEST(AccountEdit, RenamesServerCertificates) {
  AccountEdit first(
      std::make_shared<const AccountState>(std::make_shared<const entity::Account>(sample::Account())));
  first.PutAccount(sample::Account());
  first.PutServerCertificate(Sample("ASCA1", "Web"));
  first.PutServerCertificate(Sample("ASCA2", "Mail"));
  AccountEdit second(std::move(first).Finish().state);
  entity::ServerCertificate renamed = *second.state().FindServerCertificate("WEB");
  renamed.name = "Shop";
  second.PutServerCertificate(std::move(renamed));
  EXPECT_EQ(second.state().FindServerCertificate("web"), nullptr);
  ASSERT_NE(second.state().FindServerCertificate("shop"), nullptr);
  EXPECT_EQ(second.state().server_certificates().size(), 2U);
  EXPECT_EQ(second.state().ServerCertificateArn(*second.state().FindServerCertificate("shop")),
            "arn:aws:iam::123456789012:server-certificate/cloudfront/Shop");
  second.DeleteServerCertificate("Mail");
  const auto batch = std::move(second).Finish().batch;
  ASSERT_EQ(batch.writes.size(), 2U);
  EXPECT_EQ(batch.writes[0].name_key, "shop");
  EXPECT_TRUE(batch.writes[0].body);
  EXPECT_FALSE(batch.writes[1].body);
  std::vector<storage::Document> documents = {
      {batch.account, storage::DocumentKind::kAccount, "123456789012", "", 1,
       EncodeAccount(sample::Account())},
      {batch.account, batch.writes[0].kind, batch.writes[0].id, "shop", 1, *batch.writes[0].body}};
  const auto loaded = LoadState(batch.account, std::move(documents));
  ASSERT_TRUE(loaded) << loaded.error().ToString();
  EXPECT_NE((*loaded)->FindServerCertificate("Shop"), nullptr);
}

}  // namespace
}  // namespace wardkeep::snapshot
