// Principals with the same policies share one program; it follows the texts, stays bounded and points at
// nothing that is gone.
#include "snapshot/effective_programs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "wardkeep/request.h"

namespace wardkeep::snapshot {
namespace {

using entity::DocumentPtr;
using entity::StoredDocument;
using Documents = std::vector<DocumentPtr>;

DocumentPtr Allow(const std::string& action) {
  return std::make_shared<const StoredDocument>(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + action +
          R"(","Resource":"*"}})",
      policy::DocumentKind::kIdentity);
}

EffectiveProgram FindTwice(EffectivePrograms& programs, const Documents& documents) {
  programs.Find(documents);
  return programs.Find(documents);
}

bool Allows(const EffectiveProgram& program, const std::string& action) {
  policy::Request request;
  request.principal.kind = policy::PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = action;
  request.resource = "arn:aws:s3:::b/k";
  policy::PolicySet set;
  set.identity = program.index->policies();
  set.indexes.identity = program.index.get();
  return policy::Evaluate(request, set).allowed();
}

TEST(EffectivePrograms, AreMadeWhenTheirPoliciesAreMetAgain) {
  EffectivePrograms programs;
  const Documents documents = {Allow("s3:Get*"), Allow("s3:PutObject")};
  EXPECT_FALSE(programs.Find(documents));
  EXPECT_EQ(programs.usage().programs, 0U);
  const EffectiveProgram program = programs.Find(documents);
  ASSERT_TRUE(program);
  EXPECT_TRUE(Allows(program, "s3:GetObject"));
  EXPECT_TRUE(Allows(program, "s3:PutObject"));
  EXPECT_FALSE(Allows(program, "s3:DeleteObject"));
  EXPECT_EQ(programs.Find(documents).index, program.index);
  EXPECT_EQ(programs.usage().programs, 1U);
}

TEST(EffectivePrograms, ThereIsNoneForNoPolicies) {
  EffectivePrograms programs;
  EXPECT_FALSE(FindTwice(programs, {}));
}

TEST(EffectivePrograms, AreSharedByPoliciesOfTheSameTextInTheSameOrder) {
  EffectivePrograms programs;
  const Documents mine = {Allow("s3:Get*"), Allow("s3:PutObject")};
  const Documents yours = {Allow("s3:Get*"), Allow("s3:PutObject")};
  const Documents reversed = {mine[1], mine[0]};
  const Documents other_kind = {
      mine[0], std::make_shared<const StoredDocument>(mine[1]->text(), policy::DocumentKind::kSession)};
  const EffectiveProgram first = FindTwice(programs, mine);
  const EffectiveProgram same = programs.Find(yours);
  EXPECT_EQ(same.index, first.index);
  EXPECT_EQ(same.equals.size(), 2U);
  EXPECT_NE(FindTwice(programs, reversed).index, first.index);
  EXPECT_NE(FindTwice(programs, other_kind).index, first.index);
  EXPECT_EQ(programs.usage().programs, 3U);
}

TEST(EffectivePrograms, FollowAChangedPolicyAtOnce) {
  EffectivePrograms programs;
  Documents documents = {Allow("s3:Get*"), Allow("s3:PutObject")};
  ASSERT_TRUE(FindTwice(programs, documents));
  documents[1] = Allow("s3:ListBucket");
  EXPECT_FALSE(programs.Find(documents));
  const EffectiveProgram changed = programs.Find(documents);
  ASSERT_TRUE(changed);
  EXPECT_FALSE(Allows(changed, "s3:PutObject"));
  EXPECT_TRUE(Allows(changed, "s3:ListBucket"));
}

TEST(EffectivePrograms, KeepNoDocumentAlive) {
  EffectivePrograms programs;
  Documents mine = {Allow("s3:Get*")};
  const std::weak_ptr<const StoredDocument> watched = mine[0];
  ASSERT_TRUE(FindTwice(programs, mine));
  const Documents yours = {Allow("s3:Get*")};
  const EffectiveProgram borrowed = programs.Find(yours);
  mine.clear();
  EXPECT_FALSE(watched.expired()) << "in use";
  EXPECT_TRUE(Allows(borrowed, "s3:GetObject"));
}

TEST(EffectivePrograms, AreMadeAnewWhenTheDocumentsBehindThemAreGone) {
  EffectivePrograms programs;
  std::weak_ptr<const StoredDocument> watched;
  {
    const Documents mine = {Allow("s3:Get*")};
    watched = mine[0];
    ASSERT_TRUE(FindTwice(programs, mine));
  }
  EXPECT_TRUE(watched.expired());
  const Documents yours = {Allow("s3:Get*")};
  const EffectiveProgram program = programs.Find(yours);
  ASSERT_TRUE(program);
  EXPECT_TRUE(program.equals.empty());
  EXPECT_TRUE(Allows(program, "s3:GetObject"));
  EXPECT_EQ(programs.usage().programs, 1U);
}

TEST(EffectivePrograms, StayWithinTheirBudget) {
  constexpr std::size_t kBudget = 200'000;
  EffectivePrograms programs(kBudget);
  std::vector<Documents> all;
  for (int i = 0; i < 2000; ++i) all.push_back({Allow("s3:Get" + std::to_string(i))});
  for (const Documents& documents : all) {
    const EffectiveProgram program = FindTwice(programs, documents);
    ASSERT_TRUE(program);
    ASSERT_LE(programs.usage().bytes, kBudget);
  }
  EXPECT_GT(programs.usage().programs, 50U);
  EXPECT_LT(programs.usage().programs, 1000U);
}

TEST(EffectivePrograms, WithoutRoomForOneAreStillUsable) {
  EffectivePrograms programs(16);
  const Documents documents = {Allow("s3:Get*")};
  EXPECT_TRUE(Allows(FindTwice(programs, documents), "s3:GetObject"));
  EXPECT_EQ(programs.usage().programs, 0U);
}

TEST(EffectivePrograms, ServeReadersWhileOthersAreMadeAndDropped) {
  EffectivePrograms programs(100'000);
  const Documents kept = {Allow("s3:Get*")};
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::thread writer([&] {
    for (int i = 0; i < 3000; ++i) FindTwice(programs, {Allow("s3:Put" + std::to_string(i))});
    stop = true;
  });
  while (!stop) {
    const EffectiveProgram program = programs.Find(kept);
    if (program && (!Allows(program, "s3:GetObject") || Allows(program, "s3:PutObject"))) ++wrong;
  }
  writer.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace wardkeep::snapshot
