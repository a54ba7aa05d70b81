#include "snapshot/account_edit.h"

#include <gtest/gtest.h>

#include "sample_entities.h"
#include "snapshot/load_state.h"

namespace wardkeep::snapshot {
namespace {

using storage::DocumentKind;

AccountStatePtr EmptyState() {
  return std::make_shared<AccountState>(std::make_shared<const entity::Account>(sample::Account()));
}

AccountStatePtr Edited(const AccountStatePtr& base, const std::function<void(AccountEdit&)>& change,
                       storage::Batch* batch = nullptr) {
  AccountEdit edit(base);
  change(edit);
  auto outcome = std::move(edit).Finish();
  if (batch != nullptr) *batch = std::move(outcome.batch);
  return outcome.state;
}

std::string Describe(const storage::Batch& batch) {
  std::string text;
  for (const auto& write : batch.writes) {
    text.append(write.body ? "put " : "delete ").append(storage::DocumentKindName(write.kind)).append(" ");
    text.append(write.id).append(" ").append(write.name_key).append("; ");
  }
  return text;
}

TEST(AccountEdit, WithoutChangesWritesNothing) {
  AccountEdit edit(EmptyState());
  EXPECT_FALSE(edit.changed());
  EXPECT_TRUE(std::move(edit).Finish().batch.writes.empty());
}

TEST(AccountEdit, LeavesTheBaseAsItWas) {
  const auto base =
      Edited(EmptyState(), [](AccountEdit& edit) { edit.PutUser(sample::User("AIDA1", "Alice")); });
  const auto next = Edited(base, [](AccountEdit& edit) { edit.DeleteUser("ALICE"); });
  EXPECT_NE(base->FindUser("alice"), nullptr);
  EXPECT_NE(base->FindUserById("AIDA1"), nullptr);
  EXPECT_EQ(next->FindUser("alice"), nullptr);
  EXPECT_EQ(next->FindUserById("AIDA1"), nullptr);
}

TEST(AccountEdit, FindsEntitiesIgnoringCaseAndShowsTheNameAsGiven) {
  const auto state = Edited(EmptyState(), [](AccountEdit& edit) {
    edit.PutUser(sample::User("AIDA1", "Alice"));
    edit.PutRole(sample::Role("AROA1", "Deploy"));
    edit.PutGroup(sample::Group("AGPA1", "Admins"));
    edit.PutPolicy(sample::Policy("ANPA1", "ReadOnly"));
    entity::InstanceProfile profile;
    profile.id = "AIPA1";
    profile.name = "Web";
    profile.role_id = "AROA1";
    edit.PutInstanceProfile(profile);
  });
  EXPECT_EQ(state->FindUser("aLICE")->name, "Alice");
  EXPECT_EQ(state->FindRole("DEPLOY")->name, "Deploy");
  EXPECT_EQ(state->FindGroup("admins")->name, "Admins");
  EXPECT_EQ(state->FindPolicy("READONLY")->name, "ReadOnly");
  EXPECT_EQ(state->FindInstanceProfile("web")->name, "Web");
  EXPECT_EQ(state->FindGroupById("AGPA1")->name, "Admins");
  EXPECT_EQ(state->FindRoleById("AROA1")->name, "Deploy");
  EXPECT_EQ(state->FindUserById("AROA1"), nullptr);
}

TEST(AccountEdit, FindsAPolicyOnlyByItsExactArn) {
  const auto state = Edited(EmptyState(), [](AccountEdit& edit) {
    entity::ManagedPolicy policy = sample::Policy("ANPA1", "P");
    policy.path = "/team/";
    edit.PutPolicy(std::move(policy));
  });
  EXPECT_NE(state->FindPolicyByArn("arn:aws:iam::123456789012:policy/team/P"), nullptr);
  for (const char* other : {"arn:aws:iam::123456789012:policy/P", "arn:aws:iam::123456789012:policy/team/p",
                            "arn:aws:iam::999999999999:policy/team/P", "arn:aws:iam::aws:policy/team/P",
                            "arn:aws:iam::123456789012:role/team/P", "P", "", "/P"}) {
    EXPECT_EQ(state->FindPolicyByArn(other), nullptr) << other;
  }
}

TEST(AccountEdit, FollowsAccessKeysThroughChangesRenamesAndDeletion) {
  auto user = sample::User("AIDA1", "Alice");
  user.access_keys = {sample::Key("AKIA1"), sample::Key("AKIA2")};
  auto state = Edited(EmptyState(), [&](AccountEdit& edit) { edit.PutUser(user); });
  EXPECT_EQ(state->FindKeyOwner("AKIA2")->name, "Alice");
  user.name = "Bob";
  user.access_keys = {sample::Key("AKIA2"), sample::Key("AKIA3")};
  state = Edited(state, [&](AccountEdit& edit) { edit.PutUser(user); });
  EXPECT_EQ(state->FindKeyOwner("AKIA1"), nullptr);
  EXPECT_EQ(state->FindKeyOwner("AKIA2")->name, "Bob");
  EXPECT_EQ(state->FindKeyOwner("AKIA3")->name, "Bob");
  EXPECT_EQ(state->FindUser("alice"), nullptr);
  EXPECT_EQ(state->users().size(), 1U);
  state = Edited(state, [](AccountEdit& edit) { edit.DeleteUser("bob"); });
  EXPECT_EQ(state->FindKeyOwner("AKIA3"), nullptr);
}

TEST(AccountEdit, FollowsMfaDevicesFromOwnerToOwner) {
  const auto device = [](std::string serial, std::string owner) {
    entity::MfaDevice made;
    made.serial_number = std::move(serial);
    made.owner_id = std::move(owner);
    if (made.is_assigned()) made.enable_date = sample::At(1);
    made.totp.emplace();
    return made;
  };
  const auto serials = [](const AccountStatePtr& state, std::string_view owner) {
    std::vector<std::string> found;
    for (const auto* each : state->MfaDevicesOf(owner)) found.push_back(each->serial_number);
    return found;
  };
  using Serials = std::vector<std::string>;
  auto state = Edited(EmptyState(), [&](AccountEdit& edit) {
    edit.PutUser(sample::User("AIDA1", "a"));
    edit.PutUser(sample::User("AIDA2", "b"));
    edit.PutMfaDevice(device("Two", "AIDA1"));
    edit.PutMfaDevice(device("One", "AIDA1"));
    edit.PutMfaDevice(device("Free", ""));
  });
  EXPECT_EQ(serials(state, "AIDA1"), (Serials{"Two", "One"}));  // in the order of enabling
  EXPECT_EQ(state->FindMfaDevice("tWO")->serial_number, "Two");
  state = Edited(state, [&](AccountEdit& edit) {
    edit.PutMfaDevice(device("Two", "AIDA1"));  // a use: it keeps its place
    edit.PutMfaDevice(device("Free", "AIDA2"));
  });
  EXPECT_EQ(serials(state, "AIDA1"), (Serials{"Two", "One"}));
  EXPECT_EQ(serials(state, "AIDA2"), Serials{"Free"});
  state = Edited(state, [&](AccountEdit& edit) {
    edit.PutMfaDevice(device("Two", "AIDA2"));
    edit.PutMfaDevice(device("Free", ""));
    edit.DeleteMfaDevice("one");
  });
  EXPECT_EQ(serials(state, "AIDA1"), Serials());
  EXPECT_EQ(serials(state, "AIDA2"), Serials{"Two"});
  EXPECT_EQ(state->mfa_devices().size(), 2U);
}

TEST(AccountEdit, CountsAttachmentsAndBoundaries) {
  const std::string p = "arn:aws:iam::aws:policy/P", q = "arn:aws:iam::aws:policy/Q";
  auto user = sample::User("AIDA1", "u");
  user.attached_policies = {p, q};
  user.permissions_boundary = p;
  auto role = sample::Role("AROA1", "r");
  role.attached_policies = {p};
  auto group = sample::Group("AGPA1", "g");
  group.attached_policies = {p};
  auto state = Edited(EmptyState(), [&](AccountEdit& edit) {
    edit.PutUser(user);
    edit.PutRole(role);
    edit.PutGroup(group);
  });
  EXPECT_EQ(state->UsageOf(p).attachments, 3);
  EXPECT_EQ(state->UsageOf(p).boundaries, 1);
  EXPECT_EQ(state->UsageOf(q).attachments, 1);
  user.attached_policies = {p};
  user.permissions_boundary = "";
  state = Edited(state, [&](AccountEdit& edit) {
    edit.PutUser(user);
    edit.DeleteGroup("g");
    edit.DeleteRole("r");
  });
  EXPECT_EQ(state->UsageOf(p).attachments, 1);
  EXPECT_EQ(state->UsageOf(p).boundaries, 0);
  EXPECT_EQ(state->policy_usage().Find(q), nullptr) << "an unused policy has no entry";
}

TEST(AccountEdit, GivesOneWriteForSeveralChangesOfOneEntity) {
  storage::Batch batch;
  Edited(
      EmptyState(),
      [](AccountEdit& edit) {
        edit.PutUser(sample::User("AIDA1", "Alice"));
        edit.PutUser(sample::User("AIDA1", "Alicia"));
        edit.PutGroup(sample::Group("AGPA1", "G"));
        edit.DeleteGroup("G");
        edit.PutUser(sample::User("AIDA2", "Alice"));
        edit.PutAccount(sample::Account());
      },
      &batch);
  EXPECT_EQ(batch.account, sample::kAccount);
  EXPECT_EQ(Describe(batch),
            "put user AIDA1 alicia; delete group AGPA1 g; put user AIDA2 alice; put account 123456789012 ; ");
}

// What an edit stores loads to the state it gave.
TEST(LoadState, RestoresWhatWasEdited) {
  storage::Batch batch;
  const auto state = Edited(
      EmptyState(),
      [](AccountEdit& edit) {
        edit.PutAccount(sample::Account());
        edit.PutGroup(sample::Group("AGPA1", "Admins"));
        edit.PutPolicy(sample::Policy("ANPA1", "P"));
        for (int i = 0; i < 200; ++i) {
          const std::string n = std::to_string(i);
          auto user = sample::User("AIDA" + n, "User" + n);
          user.group_ids = {"AGPA1"};
          user.access_keys = {sample::Key("AKIA" + n)};
          user.attached_policies = {"arn:aws:iam::123456789012:policy/P"};
          edit.PutUser(std::move(user));
        }
      },
      &batch);
  std::vector<storage::Document> documents;
  for (auto it = batch.writes.rbegin(); it != batch.writes.rend(); ++it) {
    documents.push_back({batch.account, it->kind, it->id, it->name_key, 1, *it->body});
  }
  documents.push_back({batch.account, DocumentKind::kUsage, "AKIA1", "", 1, "anything"});
  const auto loaded = LoadState(sample::kAccount, documents);
  ASSERT_TRUE(loaded) << loaded.error().ToString();
  EXPECT_EQ((*loaded)->users().size(), 200U);
  state->users().ForEach([&](const std::string& key, const UserPtr& user) {
    const UserPtr* found = (*loaded)->users().Find(key);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ((*found)->id, user->id);
    EXPECT_EQ((*loaded)->FindKeyOwner(user->access_keys[0].id), found->get());
  });
  EXPECT_EQ((*loaded)->UsageOf("arn:aws:iam::123456789012:policy/P").attachments, 200);
  EXPECT_EQ((*loaded)->FindGroupById("AGPA1")->name, "Admins");
}

TEST(LoadState, RefusesDocumentsThatDoNotBelongTogether) {
  storage::Batch batch;
  Edited(
      EmptyState(),
      [](AccountEdit& edit) {
        edit.PutAccount(sample::Account());
        edit.PutGroup(sample::Group("AGPA1", "g"));
        auto user = sample::User("AIDA1", "u");
        user.group_ids = {"AGPA1"};
        user.access_keys = {sample::Key("AKIA1")};
        user.attached_policies = {"arn:aws:iam::123456789012:policy/P"};
        edit.PutUser(std::move(user));
        edit.PutPolicy(sample::Policy("ANPA1", "P"));
      },
      &batch);
  std::vector<storage::Document> good;
  for (const auto& write : batch.writes) {
    good.push_back({batch.account, write.kind, write.id, write.name_key, 1, *write.body});
  }
  ASSERT_TRUE(LoadState(sample::kAccount, good));
  using Documents = std::vector<storage::Document>;
  struct Case {
    const char* name;
    std::function<void(Documents&)> change;
  };
  const Case cases[] = {
      {"no account document", [](Documents& d) { d.erase(d.begin()); }},
      {"no documents", [](Documents& d) { d.clear(); }},
      {"the group is gone", [](Documents& d) { d.erase(d.begin() + 1); }},
      {"the policy is gone", [](Documents& d) { d.erase(d.begin() + 3); }},
      {"a body that is no JSON", [](Documents& d) { d[2].body = "x"; }},
      {"a body of another id", [](Documents& d) { d[2].id = "AIDA2"; }},
      {"a body of another name", [](Documents& d) { d[2].name_key = "v"; }},
      {"an account document of another account", [](Documents& d) { d[0].account = base::AccountId("9"); }},
      {"two users of one name", [](Documents& d) { d.push_back(d[2]); }},
  };
  for (const auto& c : cases) {
    Documents documents = good;
    c.change(documents);
    const auto loaded = LoadState(sample::kAccount, documents);
    ASSERT_FALSE(loaded) << c.name;
    EXPECT_EQ(loaded.error().code, base::ErrorCode::kCorrupt) << c.name;
  }
}

}  // namespace
}  // namespace wardkeep::snapshot
