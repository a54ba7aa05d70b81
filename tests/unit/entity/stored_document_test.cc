#include "entity/stored_document.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "wardkeep/parse.h"

namespace wardkeep::entity {
namespace {

constexpr const char* kIdentity =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Allow","Action":"s3:*","Resource":"*"}]})";

TEST(StoredDocument, CompilesOnFirstUseAndOnlyOnce) {
  const StoredDocument document(kIdentity, policy::DocumentKind::kIdentity);
  std::vector<const policy::CompiledPolicy*> seen(4);
  std::vector<std::thread> threads;
  for (auto& slot : seen) threads.emplace_back([&] { slot = document.compiled(); });
  for (auto& thread : threads) thread.join();
  ASSERT_NE(seen[0], nullptr);
  EXPECT_EQ(seen[0]->statement_count(), 1U);
  EXPECT_EQ(seen[0]->sid(0), "S");
  for (const auto* one : seen) EXPECT_EQ(one, seen[0]);
  EXPECT_EQ(document.text(), kIdentity);
}

TEST(StoredDocument, TakesAFormCompiledBefore) {
  const auto outcome = policy::ParseDocument(kIdentity, policy::DocumentKind::kIdentity);
  const auto compiled = policy::Compile(*outcome.document);
  const StoredDocument document("not even JSON", policy::DocumentKind::kIdentity, compiled);
  EXPECT_EQ(document.compiled(), compiled.get());
}

// The stored form of a trust policy names users and roles by unique id.
TEST(StoredDocument, CompilesATrustPolicyWithUniqueIds) {
  const StoredDocument document(
      R"({"Statement":[{"Effect":"Allow","Principal":{"AWS":["AROAAAAAAAAAAAAAAAAAA","AIDAAAAAAAAAAAAAAAAAA"]},)"
      R"("Action":"sts:AssumeRole"}]})",
      policy::DocumentKind::kTrust);
  EXPECT_NE(document.compiled(), nullptr);
}

TEST(StoredDocument, HasNoCompiledFormWhenTheTextDoesNotParse) {
  for (const char* text : {"", "{", "{}", R"({"Statement":[{"Effect":"Maybe"}]})"}) {
    const StoredDocument document(text, policy::DocumentKind::kIdentity);
    EXPECT_EQ(document.compiled(), nullptr) << text;
    EXPECT_EQ(document.compiled(), nullptr);
  }
}

}  // namespace
}  // namespace wardkeep::entity
