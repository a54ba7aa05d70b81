// A directory over a store with a damaged account: it is told once, refused for every use, and written to by
// nobody; the others work. And what VerifyStore says of it.
#include <gtest/gtest.h>

#include <optional>

#include "contract/storage/backend.h"
#include "contract/storage/raw_database.h"
#include "snapshot/verify_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using base::ErrorCode;
using sample::kAccount;

const base::AccountId kOther("999999999999");
const auto kGoOn = [] { return true; };

class DamagedAccountTest : public testing::Test {
 protected:
  DamagedAccountTest() {
    Open();
    for (const auto& account : {kAccount, kOther}) {
      EXPECT_TRUE(CreateAndWait(*directory_, account));
      EXPECT_TRUE(WriteAndWait(*directory_, account, PutUser("AIDA" + account.value(), "alice")));
    }
  }
  void Open() {
    auto store = storage::sqlite::OpenStore(path_);
    ASSERT_TRUE(store) << store.error().ToString();
    store_ = *std::move(store);
    auto directory =
        Directory::Open(*store_, {}, [this](const base::AccountId& account, const base::Error& why) {
          told_ += account.value() + ": " + why.message + "\n";
        });
    ASSERT_TRUE(directory) << directory.error().ToString();
    directory_ = *std::move(directory);
  }
  void Close() {
    directory_.reset();
    store_.reset();
  }
  // Closes, changes the file, opens again.
  void Damage(const std::string& sql) {
    Close();
    storage::sqlite::RunSql(path_, sql);
    Open();
  }
  int64_t CountDocuments() {
    Close();
    auto store = storage::sqlite::OpenStoreReadOnly(path_, storage::TestMasterKey);
    EXPECT_TRUE(store);
    int64_t count = 0;
    for (const auto kind : {storage::DocumentKind::kUsage, storage::DocumentKind::kUser}) {
      count += static_cast<int64_t>((*store)->LoadKind(kind)->size());
    }
    return count;
  }

  storage::ScratchFolder scratch_;
  const std::string path_ = scratch_.File("w.db");
  std::string told_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Directory> directory_;
};

constexpr const char* kUserGone = "DELETE FROM document WHERE account LIKE '999%' AND kind = 'user'";
constexpr const char* kSays = "account `999999999999` is damaged: 2 documents were stored, 1 are there";

TEST_F(DamagedAccountTest, IsToldOnceAndRefusedForEveryUse) {
  Damage(kUserGone);
  EXPECT_EQ(told_, "") << "found when it is loaded";
  for (int i = 0; i < 3; ++i) {
    const auto state = directory_->Get(kOther);
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(state.error().message, kSays);
    EXPECT_EQ(directory_->Find(kOther), nullptr);
    EXPECT_EQ(WriteAndWait(*directory_, kOther, PutUser("AIDA5", "eve")).error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(CreateAndWait(*directory_, kOther).error().code, ErrorCode::kCorrupt) << "its id is not free";
    std::optional<Outcome> purged;
    directory_->Purge(
        kOther, [](const AccountState&) { return Outcome(); },
        [&](const Outcome& outcome) { purged = outcome; });
    ASSERT_TRUE(purged);
    EXPECT_EQ(purged->error().code, ErrorCode::kCorrupt);
  }
  EXPECT_EQ(told_, std::string("999999999999: ") + kSays + "\n");
  EXPECT_EQ(directory_->ListAccounts(), (std::vector{kAccount, kOther}));
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA7", "bob")));
  EXPECT_NE(directory_->Find(kAccount)->FindUser("bob"), nullptr);
}

TEST_F(DamagedAccountTest, TakesNoUsageFacts) {
  Damage(kUserGone);
  EXPECT_EQ(directory_->Find(kOther), nullptr);
  directory_->WriteUsage(kOther, {{storage::DocumentKind::kUsage, "AKIA1", "", "{}"}});
  EXPECT_EQ(CountDocuments(), 1) << "the user of the sound account";
}

TEST_F(DamagedAccountTest, IsFoundOnOpeningWhenItsAccountDocumentIsGone) {
  Damage("DELETE FROM document WHERE account LIKE '999%' AND kind = 'account'");
  EXPECT_EQ(told_, std::string("999999999999: ") + kSays + "\n");
  EXPECT_NE(directory_->Find(kAccount), nullptr);
}

TEST_F(DamagedAccountTest, IsFoundOnOpeningWhenItsAccountDocumentIsNotAsWritten) {
  Damage("UPDATE document SET body = '{' WHERE account LIKE '999%' AND kind = 'account'");
  EXPECT_EQ(
      told_,
      "999999999999: account `999999999999` is damaged: account `999999999999` is not as it was written\n");
  EXPECT_NE(directory_->Find(kAccount), nullptr);
}

TEST_F(DamagedAccountTest, IsWhatVerifyStoreFinds) {
  auto report = VerifyStore(*store_, kGoOn);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->accounts, 2U);
  EXPECT_EQ(report->documents, 4U);
  EXPECT_TRUE(report->findings.empty());
  Damage(kUserGone);
  report = VerifyStore(*store_, kGoOn);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->accounts, 2U);
  EXPECT_EQ(report->documents, 2U);
  ASSERT_EQ(report->findings.size(), 1U);
  EXPECT_EQ(report->findings[0].account, "999999999999");
  EXPECT_EQ(report->findings[0].what, "2 documents were stored, 1 are there");
  EXPECT_EQ(VerifyStore(*store_, [] { return false; }).error().code, ErrorCode::kUnavailable);
}

// Documents that are as they were written and still make no account, as a fault of a program would leave
// them.
TEST_F(DamagedAccountTest, DocumentsThatMakeNoAccountAreFoundToo) {
  const storage::Batch batch{kOther,
                             {{storage::DocumentKind::kUser, "AIDA9", "nine", "{\"v\":1}"},
                              {storage::DocumentKind::kUsage, "AKIA1", "", "no json"}}};
  ASSERT_TRUE(store_->Commit({&batch, 1}));
  const auto report = VerifyStore(*store_, kGoOn);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->findings.size(), 2U);
  EXPECT_NE(report->findings[0].what.find("usage"), std::string::npos) << report->findings[0].what;
  EXPECT_NE(report->findings[1].what.find("user `AIDA9` is unreadable"), std::string::npos)
      << report->findings[1].what;
}

// An index that lost an entry: quick_check is silent, the account that the entry belonged to is named.
TEST_F(DamagedAccountTest, AnIndexThatLostAnEntryIsFound) {
  Damage(
      "PRAGMA writable_schema = ON;"
      "CREATE TABLE hidden AS SELECT sql, rootpage FROM sqlite_schema WHERE name = 'document_id';"
      "DELETE FROM sqlite_schema WHERE name = 'document_id'; PRAGMA writable_schema = RESET;"
      "DELETE FROM document WHERE account LIKE '999%' AND kind = 'user';"
      "PRAGMA writable_schema = ON;"
      "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
      " SELECT 'index', 'document_id', 'document', rootpage, sql FROM hidden;"
      "PRAGMA writable_schema = RESET; DROP TABLE hidden");
  const auto report = VerifyStore(*store_, kGoOn);
  ASSERT_TRUE(report);
  ASSERT_GE(report->findings.size(), 2U);
  EXPECT_EQ(report->findings[0].account, "") << "the structure: " << report->findings[0].what;
  EXPECT_EQ(report->findings.back().account, "999999999999");
  EXPECT_NE(directory_->Find(kAccount), nullptr);
  EXPECT_EQ(directory_->Find(kOther), nullptr);
}

}  // namespace
}  // namespace wardkeep::snapshot
