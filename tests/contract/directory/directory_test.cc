#include "snapshot/directory.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "contract/faulty_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using base::Error;
using base::ErrorCode;
using sample::kAccount;

const base::AccountId kOther("999999999999");

class DirectoryTest : public testing::Test {
 protected:
  DirectoryTest() {
    Open();
    EXPECT_TRUE(CreateAndWait(*directory_, kAccount));
  }
  void Open() { directory_ = OpenOrDie(store_); }
  void Reopen() {
    directory_.reset();
    Open();
  }
  bool HasUser(std::string_view name) { return directory_->Find(kAccount)->FindUser(name) != nullptr; }
  // Fails each commit that writes this document.
  void FailCommitsOf(std::string id, ErrorCode code = ErrorCode::kUnavailable) {
    store_.SetFault([id, code](std::span<const storage::Batch> batches) -> Outcome {
      for (const auto& batch : batches) {
        for (const auto& write : batch.writes) {
          if (write.id == id) return Error(code, "injected");
        }
      }
      return {};
    });
  }
  // Something in the queue, so that what follows is committed as one group.
  std::future<Outcome> HoldQueue() {
    store_.Hold();
    auto first = WriteLater(*directory_, kAccount, PutUser("AIDAFIRST", "first"));
    store_.AwaitCommit();
    return first;
  }

  storage::FaultyStore store_;
  std::unique_ptr<Directory> directory_;
};

TEST_F(DirectoryTest, PublishesAWriteBeforeItIsAcknowledged) {
  const auto before = directory_->Find(kAccount);
  std::atomic<bool> published_first{false};
  std::promise<void> done;
  ASSERT_TRUE(directory_->Write(kAccount, PutUser("AIDA1", "Alice"), [&](const Outcome& outcome) {
    published_first = outcome.has_value() && directory_->Find(kAccount)->FindUser("alice") != nullptr;
    done.set_value();
  }));
  done.get_future().get();
  EXPECT_TRUE(published_first);
  EXPECT_EQ(before->FindUser("alice"), nullptr) << "a state in hand never changes";
  EXPECT_TRUE(HasUser("alice"));
}

TEST_F(DirectoryTest, KeepsEverythingOverAReopen) {
  ASSERT_TRUE(CreateAndWait(*directory_, kOther,
                            [](AccountEdit& edit) { edit.PutUser(sample::User("AIDA2", "Bob")); }));
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA1", "Alice")));
  Reopen();
  EXPECT_EQ(directory_->ListAccounts(), (std::vector{kAccount, kOther}));
  EXPECT_TRUE(HasUser("alice"));
  EXPECT_NE(directory_->Find(kOther)->FindUser("bob"), nullptr);
  EXPECT_EQ(CreateAndWait(*directory_, kOther).error().code, ErrorCode::kAlreadyExists);
}

TEST_F(DirectoryTest, DoesNotShowWhatIsNotDurable) {
  store_.Hold();
  auto write = WriteLater(*directory_, kAccount, PutUser("AIDA1", "Alice"));
  store_.AwaitCommit();
  EXPECT_FALSE(HasUser("alice"));
  // The next writer does build on it.
  bool seen = false;
  auto second = WriteLater(*directory_, kAccount, [&](AccountEdit& edit) {
    seen = edit.state().FindUser("alice") != nullptr;
    return true;
  });
  EXPECT_TRUE(seen);
  store_.Release();
  EXPECT_TRUE(write.get());
  EXPECT_TRUE(second.get());
  EXPECT_TRUE(HasUser("alice"));
}

TEST_F(DirectoryTest, AbandonsAnEditWithoutATrace) {
  const int commits = store_.commits();
  EXPECT_FALSE(directory_->Write(
      kAccount,
      [](AccountEdit& edit) {
        edit.PutUser(sample::User("AIDA1", "Alice"));
        return false;
      },
      [](const Outcome&) { FAIL() << "done is called for an abandoned edit"; }));
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit& edit) {
    EXPECT_EQ(edit.state().FindUser("alice"), nullptr);
    return true;
  }));
  EXPECT_EQ(store_.commits(), commits) << "an edit without changes needs no commit";
}

TEST_F(DirectoryTest, AnswersForUnknownAccounts) {
  EXPECT_EQ(directory_->Find(kOther), nullptr);
  EXPECT_EQ(directory_->Find(base::AccountId("")), nullptr);
  EXPECT_EQ(directory_->Get(kOther).error().code, ErrorCode::kNotFound);
  const auto never = [](AccountEdit&) -> bool { return ADD_FAILURE() << "there is nothing to edit", true; };
  EXPECT_EQ(WriteAndWait(*directory_, kOther, never).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(CreateAndWait(*directory_, base::AccountId("12")).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(CreateAndWait(*directory_, kAccount).error().code, ErrorCode::kAlreadyExists);
}

TEST_F(DirectoryTest, ForgetsAnAccountWhoseCreationFails) {
  FailCommitsOf(kOther.value());
  EXPECT_FALSE(CreateAndWait(*directory_, kOther));
  EXPECT_EQ(directory_->Find(kOther), nullptr);
  EXPECT_EQ(directory_->ListAccounts(), std::vector{kAccount});
  store_.SetFault({});
  EXPECT_TRUE(CreateAndWait(*directory_, kOther));
  EXPECT_NE(directory_->Find(kOther), nullptr);
}

TEST_F(DirectoryTest, FallsBackWhenACommitFails) {
  FailCommitsOf("AIDA1");
  EXPECT_EQ(WriteAndWait(*directory_, kAccount, PutUser("AIDA1", "Alice")).error().message, "injected");
  EXPECT_FALSE(HasUser("alice"));
  // The name is free again for the next writer.
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit& edit) {
    EXPECT_EQ(edit.state().FindUser("alice"), nullptr);
    edit.PutUser(sample::User("AIDA2", "Alice"));
    return true;
  }));
  Reopen();
  EXPECT_EQ(directory_->Find(kAccount)->FindUser("alice")->id, "AIDA2");
}

TEST_F(DirectoryTest, FailsWhatWasBuiltOnAFailedWriteAndNothingElse) {
  ASSERT_TRUE(CreateAndWait(*directory_, kOther));
  FailCommitsOf("AIDABAD");
  auto first = HoldQueue();
  auto before = WriteLater(*directory_, kAccount, PutUser("AIDA1", "before"));
  auto neighbour = WriteLater(*directory_, kOther, PutUser("AIDA2", "neighbour"));
  auto bad = WriteLater(*directory_, kAccount, PutUser("AIDABAD", "bad"));
  auto built_on_it = WriteLater(*directory_, kAccount, [](AccountEdit& edit) {
    EXPECT_NE(edit.state().FindUser("bad"), nullptr);
    edit.PutUser(sample::User("AIDA3", "after"));
    return true;
  });
  auto saw_it = WriteLater(*directory_, kAccount, [](AccountEdit&) { return true; });
  auto later_neighbour = WriteLater(*directory_, kOther, PutUser("AIDA4", "later"));
  store_.Release();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(before.get());
  EXPECT_TRUE(neighbour.get());
  EXPECT_TRUE(later_neighbour.get());
  EXPECT_EQ(bad.get().error().message, "injected");
  EXPECT_EQ(built_on_it.get().error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(saw_it.get()) << "an answer that rests on what was never stored must not be given";

  EXPECT_TRUE(HasUser("before"));
  EXPECT_FALSE(HasUser("bad"));
  EXPECT_FALSE(HasUser("after"));
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA5", "after"))) << "the account works again";
  Reopen();
  EXPECT_TRUE(HasUser("before"));
  EXPECT_EQ(directory_->Find(kAccount)->FindUser("after")->id, "AIDA5");
  EXPECT_EQ(directory_->Find(kAccount)->users().size(), 3U);
}

TEST_F(DirectoryTest, CuresAFaultThatOnlyGroupsHave) {
  store_.SetFault([](std::span<const storage::Batch> batches) -> Outcome {
    if (batches.size() > 1) return Error(ErrorCode::kUnavailable, "too much at once");
    return {};
  });
  auto first = HoldQueue();
  std::vector<std::future<Outcome>> writes;
  for (int i = 0; i < 20; ++i) {
    writes.push_back(
        WriteLater(*directory_, kAccount, PutUser("AIDA" + std::to_string(i), "u" + std::to_string(i))));
  }
  store_.Release();
  for (auto& write : writes) EXPECT_TRUE(write.get());
  EXPECT_EQ(directory_->Find(kAccount)->users().size(), 21U);
}

TEST_F(DirectoryTest, PutsManyWritesIntoOneCommit) {
  auto first = HoldQueue();
  const int before = store_.commits();
  std::vector<std::future<Outcome>> writes;
  for (int i = 0; i < 100; ++i) {
    writes.push_back(
        WriteLater(*directory_, kAccount, PutUser("AIDA" + std::to_string(i), "u" + std::to_string(i))));
  }
  store_.Release();
  for (auto& write : writes) EXPECT_TRUE(write.get());
  EXPECT_EQ(store_.commits(), before + 1);
}

TEST_F(DirectoryTest, AcknowledgesEverythingSubmittedBeforeStopAndRefusesTheRest) {
  auto first = HoldQueue();
  auto write = WriteLater(*directory_, kAccount, PutUser("AIDA1", "Alice"));
  std::thread stopper([this] { directory_->Stop(); });
  store_.Release();
  stopper.join();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(write.get());
  EXPECT_EQ(WriteAndWait(*directory_, kAccount, PutUser("AIDA2", "Bob")).error().code,
            ErrorCode::kUnavailable);
  EXPECT_TRUE(HasUser("alice")) << "reading goes on";
  EXPECT_FALSE(HasUser("bob"));
}

TEST_F(DirectoryTest, TriesAgainToLoadWhenTheStoreWasUnavailable) {
  Reopen();
  store_.SetLoadFault(Error(ErrorCode::kUnavailable, "injected"));
  EXPECT_EQ(directory_->Find(kAccount), nullptr);
  EXPECT_EQ(directory_->Get(kAccount).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(WriteAndWait(*directory_, kAccount, PutUser("AIDA1", "a")).error().code, ErrorCode::kUnavailable);
  store_.SetLoadFault(std::nullopt);
  EXPECT_NE(directory_->Find(kAccount), nullptr);
}

TEST_F(DirectoryTest, RefusesAnAccountThatIsDamaged) {
  const storage::Batch batch{kAccount, {{storage::DocumentKind::kUser, "AIDA1", "x", "{\"v\":9}"}}};
  ASSERT_TRUE(store_.Commit({&batch, 1}));
  Reopen();
  EXPECT_EQ(directory_->Get(kAccount).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(directory_->Find(kAccount), nullptr);
  EXPECT_EQ(WriteAndWait(*directory_, kAccount, PutUser("AIDA2", "a")).error().code, ErrorCode::kCorrupt);
}

// One account that cannot be read must not keep the others from working.
TEST_F(DirectoryTest, OpensAndRefusesAnAccountWhoseAccountDocumentIsDamaged) {
  const storage::Batch batch{kOther, {{storage::DocumentKind::kAccount, kOther.value(), "", "{}"}}};
  ASSERT_TRUE(store_.Commit({&batch, 1}));
  const auto opened = Directory::Open(store_);
  ASSERT_TRUE(opened) << opened.error().ToString();
  EXPECT_EQ((*opened)->Get(kOther).error().code, ErrorCode::kCorrupt);
  EXPECT_NE((*opened)->Find(kAccount), nullptr);
}

Directory::Mutation SetAlias(Directory& directory, const std::string& alias, bool& claimed) {
  return [&directory, alias, &claimed](AccountEdit& edit) {
    claimed = alias.empty() || directory.ClaimAlias(alias, edit.state().id());
    if (!claimed) return false;
    auto account = edit.state().account();
    account.alias = alias;
    edit.PutAccount(account);
    return true;
  };
}

TEST_F(DirectoryTest, AliasesAreOwnedByOneAccount) {
  ASSERT_TRUE(CreateAndWait(*directory_, kOther));
  bool claimed = false;
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme", claimed)));
  EXPECT_EQ(directory_->FindAlias("acme"), kAccount);
  EXPECT_FALSE(WriteAndWait(*directory_, kOther, SetAlias(*directory_, "acme", claimed)));
  EXPECT_FALSE(claimed);
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme", claimed))) << "again";
  directory_->ReleaseAlias("acme", kAccount);
  EXPECT_EQ(directory_->FindAlias("acme"), kAccount) << "what is stored is not released";
  Reopen();
  EXPECT_EQ(directory_->FindAlias("acme"), kAccount);
  EXPECT_FALSE(directory_->ClaimAlias("acme", kOther));
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme-2", claimed)));
  EXPECT_EQ(directory_->FindAlias("acme"), std::nullopt) << "the old one is free";
  ASSERT_TRUE(WriteAndWait(*directory_, kOther, SetAlias(*directory_, "acme", claimed)));
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "", claimed)));
  EXPECT_EQ(directory_->FindAlias("acme-2"), std::nullopt);
}

TEST_F(DirectoryTest, AnAliasIsFreeWhenItsWriteFailsOrNeverComes) {
  EXPECT_TRUE(directory_->ClaimAlias("acme", kAccount));
  EXPECT_FALSE(directory_->ClaimAlias("acme", kOther));
  directory_->ReleaseAlias("acme", kOther);
  EXPECT_FALSE(directory_->ClaimAlias("acme", kOther)) << "only who claimed can release";
  directory_->ReleaseAlias("acme", kAccount);
  EXPECT_EQ(directory_->FindAlias("acme"), std::nullopt);

  FailCommitsOf(kAccount.value());
  bool claimed = false;
  EXPECT_FALSE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme", claimed)));
  EXPECT_TRUE(claimed);
  EXPECT_EQ(directory_->FindAlias("acme"), std::nullopt);
}

// An account gives its alias up and takes it again before the first write is durable: at no moment may
// another get it.
TEST_F(DirectoryTest, AnAliasGivenUpAndTakenAgainIsNeverFree) {
  bool claimed = false;
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme", claimed)));
  auto first = HoldQueue();
  bool free_between = false;
  std::promise<void> given_up;
  ASSERT_TRUE(directory_->Write(kAccount, SetAlias(*directory_, "", claimed), [&](const Outcome&) {
    free_between = directory_->ClaimAlias("acme", kOther);
    given_up.set_value();
  }));
  auto taken = WriteLater(*directory_, kAccount, SetAlias(*directory_, "acme", claimed));
  store_.Release();
  given_up.get_future().get();
  EXPECT_TRUE(taken.get());
  EXPECT_FALSE(free_between);
  EXPECT_EQ(directory_->FindAlias("acme"), kAccount);
  Reopen();
  EXPECT_EQ(directory_->FindAlias("acme"), kAccount);
}

TEST_F(DirectoryTest, AnAccountIsNotMadeWithTheAliasOfAnother) {
  bool claimed = false;
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, SetAlias(*directory_, "acme", claimed)));
  auto account = sample::Account(kOther);
  account.alias = "acme";
  Outcome outcome;
  ASSERT_TRUE(directory_->CreateAccount(account, {}, [&](const Outcome& o) { outcome = o; }));
  EXPECT_EQ(outcome.error().code, ErrorCode::kConflict);
  EXPECT_EQ(directory_->Find(kOther), nullptr);
  EXPECT_TRUE(CreateAndWait(*directory_, kOther));
}

// A cached state of one directory must never be taken for that of another with the same account.
TEST_F(DirectoryTest, IsNotMistakenForAnEarlierDirectory) {
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA1", "Alice")));
  ASSERT_TRUE(HasUser("alice"));
  for (int i = 0; i < 3; ++i) {
    storage::FaultyStore fresh;
    const auto other = OpenOrDie(fresh);
    EXPECT_EQ(other->Find(kAccount), nullptr);
    ASSERT_TRUE(CreateAndWait(*other, kAccount));
    EXPECT_EQ(other->Find(kAccount)->FindUser("alice"), nullptr);
  }
  EXPECT_TRUE(HasUser("alice"));
}

}  // namespace
}  // namespace wardkeep::snapshot
