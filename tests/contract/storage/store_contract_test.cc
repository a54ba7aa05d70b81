// What every Store must do (src/storage/store.h). Runs against each backend.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "backend.h"

namespace wardkeep::storage {
namespace {

using base::AccountId;
using base::ErrorCode;

const AccountId kOne("111111111111");
const AccountId kTwo("222222222222");

DocumentWrite Put(DocumentKind kind, std::string id, std::string name_key, std::string body = "{}") {
  return {kind, std::move(id), std::move(name_key), std::move(body)};
}
DocumentWrite PutUser(std::string id, std::string name_key, std::string body = "{}") {
  return Put(DocumentKind::kUser, std::move(id), std::move(name_key), std::move(body));
}
DocumentWrite DropUser(std::string id) {
  return {DocumentKind::kUser, std::move(id), "", std::nullopt};
}

std::string Describe(const std::vector<Document>& documents) {
  std::string text;
  for (const auto& document : documents) {
    text.append(document.account.value().substr(0, 1))
        .append(" ")
        .append(DocumentKindName(document.kind))
        .append(" ");
    text.append(document.id)
        .append(" ")
        .append(document.name_key)
        .append(" ")
        .append(document.body)
        .append("\n");
  }
  return text;
}

class StoreContract : public testing::TestWithParam<BackendFactory> {
 protected:
  Store& store() { return backend_->store(); }
  base::Result<uint64_t> Commit(std::vector<Batch> batches) { return store().Commit(batches); }
  base::Result<uint64_t> CommitOne(std::vector<DocumentWrite> writes, const AccountId& account = kOne) {
    return Commit({{account, std::move(writes)}});
  }
  std::string Content(const AccountId& account = kOne) {
    const auto documents = store().LoadAccount(account);
    return documents ? Describe(*documents) : std::string(base::ErrorCodeName(documents.error().code));
  }

  std::unique_ptr<Backend> backend_ = GetParam().make();
};

TEST_P(StoreContract, StartsEmpty) {
  EXPECT_TRUE(store().ListAccounts()->empty());
  EXPECT_EQ(*store().HeadRevision(), 0U);
  EXPECT_EQ(store().LoadAccount(kOne).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(store().LoadKind(DocumentKind::kAccount)->empty());
}

TEST_P(StoreContract, GivesDocumentsInTheOrderOfKindAndId) {
  ASSERT_TRUE(
      CommitOne({Put(DocumentKind::kUsage, "AKIA1", ""), Put(DocumentKind::kInstanceProfile, "AIPA1", "p"),
                 PutUser("AIDA2", "b"), PutUser("AIDA1", "z"), Put(DocumentKind::kPolicy, "ANPA1", "p"),
                 Put(DocumentKind::kRole, "AROA1", "p"), Put(DocumentKind::kGroup, "AGPA1", "p"),
                 Put(DocumentKind::kAccount, kOne.value(), "")}));
  EXPECT_EQ(Content(),
            "1 account 111111111111  {}\n1 user AIDA1 z {}\n1 user AIDA2 b {}\n1 group AGPA1 p {}\n"
            "1 role AROA1 p {}\n1 policy ANPA1 p {}\n1 instance_profile AIPA1 p {}\n1 usage AKIA1  {}\n");
}

TEST_P(StoreContract, KeepsAccountsApartAndListsThemInOrder) {
  ASSERT_TRUE(
      Commit({{kTwo, {PutUser("AIDA2", "alice", "two")}}, {kOne, {PutUser("AIDA1", "alice", "one")}}}));
  EXPECT_EQ(*store().ListAccounts(), (std::vector{kOne, kTwo}));
  EXPECT_EQ(Content(kOne), "1 user AIDA1 alice one\n");
  EXPECT_EQ(Content(kTwo), "2 user AIDA2 alice two\n");
  EXPECT_EQ(Describe(*store().LoadKind(DocumentKind::kUser)),
            "1 user AIDA1 alice one\n2 user AIDA2 alice two\n");
  EXPECT_TRUE(store().LoadKind(DocumentKind::kRole)->empty());
}

TEST_P(StoreContract, KeepsBytesAsGiven) {
  // Everything a body can hold: quotes, control characters, beyond ASCII, a zero byte, much of it.
  std::string body = "'\"\\%_\n\r\t";
  body.push_back('\0');
  body += "after zero \xc3\xa9 \xf0\x9f\x94\x91";
  body += std::string(200'000, 'x');
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "a'b", body), PutUser("AIDA2", "empty", "")}));
  const auto documents = store().LoadAccount(kOne);
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ((*documents)[0].body, body);
  EXPECT_EQ((*documents)[0].name_key, "a'b");
  EXPECT_EQ((*documents)[1].body, "");
}

// Names are folded before they reach the store; the store itself compares bytes, in whatever collation it
// lives.
TEST_P(StoreContract, ComparesNamesByBytes) {
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice")}));
  EXPECT_EQ(CommitOne({PutUser("AIDA2", "alice")}).error().code, ErrorCode::kAlreadyExists);
  EXPECT_TRUE(CommitOne({PutUser("AIDA3", "Alice")}));
  EXPECT_TRUE(CommitOne({PutUser("AIDA4", "alice ")}));
  EXPECT_TRUE(CommitOne({PutUser("AIDA5", "\xc3\x89")}));
  EXPECT_TRUE(CommitOne({PutUser("AIDA6", "\xc3\xa9")}));
}

TEST_P(StoreContract, AllowsOneNameInEachKindAndManyEmptyOnes) {
  EXPECT_TRUE(CommitOne({PutUser("AIDA1", "x"), Put(DocumentKind::kGroup, "AGPA1", "x"),
                         Put(DocumentKind::kRole, "AROA1", "x"), Put(DocumentKind::kUsage, "U1", ""),
                         Put(DocumentKind::kUsage, "U2", "")}));
}

TEST_P(StoreContract, ReplacesAndRenamesByIdAndCountsRevisions) {
  EXPECT_EQ(*CommitOne({PutUser("AIDA1", "alice", "1")}), 1U);
  EXPECT_EQ(*CommitOne({PutUser("AIDA2", "bob", "2")}), 2U);
  EXPECT_EQ(*CommitOne({PutUser("AIDA1", "alicia", "3")}), 3U);
  EXPECT_EQ(*store().HeadRevision(), 3U);
  const auto documents = store().LoadAccount(kOne);
  EXPECT_EQ(Describe(*documents), "1 user AIDA1 alicia 3\n1 user AIDA2 bob 2\n");
  EXPECT_EQ((*documents)[0].revision, 3U);
  EXPECT_EQ((*documents)[1].revision, 2U);
  EXPECT_TRUE(CommitOne({PutUser("AIDA3", "alice")})) << "the old name is free";
}

TEST_P(StoreContract, DeletesAndIgnoresUnknownIds) {
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice"), PutUser("AIDA2", "bob")}));
  EXPECT_TRUE(CommitOne({DropUser("AIDA1"), DropUser("AIDA9")}));
  EXPECT_EQ(Content(), "1 user AIDA2 bob {}\n");
  EXPECT_TRUE(CommitOne({PutUser("AIDA3", "alice")}));
  ASSERT_TRUE(CommitOne({DropUser("AIDA2"), DropUser("AIDA3")}));
  EXPECT_EQ(Content(), "not_found");
  EXPECT_TRUE(store().ListAccounts()->empty());
}

TEST_P(StoreContract, LooksAtNamesWhenTheWholeBatchIsApplied) {
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice"), PutUser("AIDA2", "bob")}));
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "bob"), PutUser("AIDA2", "alice")})) << "two entities swap names";
  EXPECT_EQ(Content(), "1 user AIDA1 bob {}\n1 user AIDA2 alice {}\n");
  ASSERT_TRUE(CommitOne({PutUser("AIDA3", "bob"), DropUser("AIDA1")})) << "a name is taken over";
  EXPECT_EQ(Content(), "1 user AIDA2 alice {}\n1 user AIDA3 bob {}\n");
  EXPECT_EQ(CommitOne({PutUser("AIDA4", "new"), PutUser("AIDA5", "new")}).error().code,
            ErrorCode::kAlreadyExists);
}

TEST_P(StoreContract, LeavesNothingOfACommitItRefuses) {
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice", "a"), PutUser("AIDA2", "bob", "b")}));
  const std::string before = Content();
  const auto refused = Commit({{kTwo, {PutUser("AIDA9", "other")}},
                               {kOne, {PutUser("AIDA1", "renamed", "changed"), DropUser("AIDA2")}},
                               {kOne, {PutUser("AIDA3", "carol"), PutUser("AIDA4", "renamed")}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kAlreadyExists);
  EXPECT_EQ(Content(), before);
  EXPECT_EQ(Content(kTwo), "not_found");
  EXPECT_EQ(*store().ListAccounts(), std::vector{kOne});
  EXPECT_EQ(*store().HeadRevision(), 1U);
  EXPECT_TRUE(CommitOne({PutUser("AIDA5", "renamed")})) << "no name is left taken";
  EXPECT_EQ(*store().HeadRevision(), 2U);
}

TEST_P(StoreContract, AppliesBatchesInOrder) {
  ASSERT_TRUE(Commit({{kOne, {PutUser("AIDA1", "alice", "1")}},
                      {kOne, {PutUser("AIDA1", "bob", "2")}},
                      {kOne, {PutUser("AIDA2", "alice", "3")}},
                      {kOne, {DropUser("AIDA1")}}}));
  EXPECT_EQ(Content(), "1 user AIDA2 alice 3\n");
}

TEST_P(StoreContract, RefusesMalformedBatches) {
  const Batch cases[] = {{AccountId("1234"), {PutUser("AIDA1", "a")}},
                         {AccountId(""), {PutUser("AIDA1", "a")}},
                         {kOne, {PutUser("", "a")}},
                         {kOne, {PutUser("AIDA1", "a"), PutUser("AIDA1", "b")}},
                         {kOne, {DropUser("AIDA1"), PutUser("AIDA1", "b")}}};
  for (const auto& batch : cases) {
    const auto outcome = Commit({{kOne, {PutUser("AIDA7", "good")}}, batch});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(Content(), "not_found");
  }
}

TEST_P(StoreContract, KeepsAHeadOfEachAccount) {
  const auto head = [&](const AccountId& account) {
    const auto loaded = store().LoadHead(account);
    if (!loaded) return std::string(base::ErrorCodeName(loaded.error().code));
    return std::to_string(loaded->revision) + " batches, " + std::to_string(loaded->documents) + " documents";
  };
  EXPECT_EQ(head(kOne), "not_found");
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice"), PutUser("AIDA2", "bob")}));
  ASSERT_TRUE(Commit({{kOne, {PutUser("AIDA1", "alicia", "new")}},
                      {kTwo, {PutUser("AIDA1", "x")}},
                      {kOne, {DropUser("AIDA9"), PutUser("AIDA3", "carol")}}}));
  EXPECT_EQ(head(kOne), "3 batches, 3 documents");
  EXPECT_EQ(head(kTwo), "1 batches, 1 documents");
  ASSERT_FALSE(Commit({{kTwo, {PutUser("AIDA8", "y")}}, {kOne, {PutUser("AIDA4", "bob")}}}));
  EXPECT_EQ(head(kOne), "3 batches, 3 documents");
  EXPECT_EQ(head(kTwo), "1 batches, 1 documents");
  EXPECT_EQ(store().LoadAccount(kTwo)->size(), 1U);
  ASSERT_TRUE(CommitOne({DropUser("AIDA1"), DropUser("AIDA2"), DropUser("AIDA3")}));
  EXPECT_EQ(head(kOne), "not_found");
  ASSERT_TRUE(CommitOne({PutUser("AIDA1", "alice")}));
  EXPECT_EQ(head(kOne), "1 batches, 1 documents");
  EXPECT_EQ(store().LoadAccount(kOne)->size(), 1U);
  EXPECT_TRUE(store().CheckStructure()->empty());
}

// A name that is freed in the same batch, a rename, a replacement: whatever the way, the sum stays right.
TEST_P(StoreContract, LoadsWhatManyKindsOfChangesHaveLeft) {
  for (int i = 0; i < 60; ++i) {
    const std::string n = std::to_string(i % 7);
    std::vector<DocumentWrite> writes{
        PutUser("AIDA" + n, "u" + n + std::to_string(i % 3), std::string(i, 'x'))};
    if (i % 4 == 1) writes.push_back(DropUser("AIDA" + std::to_string((i + 3) % 7)));
    if (i % 5 == 2) writes.push_back(Put(DocumentKind::kGroup, "AGPA" + n, "u" + n));
    ASSERT_TRUE(Commit({{kOne, writes}, {kTwo, {PutUser("AIDA" + n, n)}}})) << i;
    ASSERT_TRUE(store().LoadAccount(kOne)) << i << store().LoadAccount(kOne).error().message;
  }
}

TEST_P(StoreContract, AcceptsConcurrentWritersAndReaders) {
  if (!GetParam().keeps_references) GTEST_SKIP() << "this backend is opened anew for each step";
  Store& shared = store();
  constexpr int kWriters = 4, kEach = 25;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&shared, writer] {
      for (int i = 0; i < kEach; ++i) {
        const std::string name = std::to_string(writer) + "-" + std::to_string(i);
        // Both documents of a batch are seen or none.
        const Batch batch{kOne,
                          {PutUser("AIDA" + name, name), Put(DocumentKind::kRole, "AROA" + name, name)}};
        EXPECT_TRUE(shared.Commit({&batch, 1}));
      }
    });
  }
  threads.emplace_back([&shared] {
    std::size_t seen = 0;
    for (int i = 0; i < 50; ++i) {
      const auto documents = shared.LoadAccount(kOne);
      if (!documents) continue;
      EXPECT_EQ(documents->size() % 2, 0U);
      EXPECT_GE(documents->size(), seen);
      seen = documents->size();
    }
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shared.LoadAccount(kOne)->size(), 2U * kWriters * kEach);
  EXPECT_EQ(*shared.HeadRevision(), static_cast<uint64_t>(kWriters * kEach));
}

INSTANTIATE_TEST_SUITE_P(Backends, StoreContract, testing::ValuesIn(AllBackends()),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace wardkeep::storage
