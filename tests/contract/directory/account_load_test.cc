// An account at AWS's default limits (5,000 users with two keys and tags each, 1,000 roles, 1,500 policies)
// loads, and stays within the memory promised for it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "contract/storage/backend.h"
#include "processor_time.h"
#include "snapshot/directory.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using sample::kAccount;

constexpr int kUsers = 5000, kRoles = 1000, kPolicies = 1500, kGroups = 300;

std::string Numbered(const std::string& prefix, int number) {
  return prefix + std::to_string(1'000'000 + number);
}

// Ids as long as real ones.
std::string Id(const std::string& prefix, int number) {
  return Numbered(prefix + "AAAAAAAAAA", number);
}

// About 1,200 characters, as policies of a team commonly have.
std::string PolicyText(int number) {
  std::string text = R"({"Version":"2012-10-17","Statement":[)";
  for (int i = 0; i < 4; ++i) {
    const std::string n = std::to_string(number) + "-" + std::to_string(i);
    text += (i > 0 ? "," : "") + std::string(R"({"Sid":"S)") + std::to_string(i) +
            R"(","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:ListBucket","ec2:Describe*"],)"
            R"("Resource":["arn:aws:s3:::bucket-)" +
            n + R"(","arn:aws:s3:::bucket-)" + n +
            R"(/*"],)"
            R"("Condition":{"StringEquals":{"aws:ResourceTag/Team":"team-)" +
            n + R"("}}})";
  }
  return text + "]}";
}

entity::User MakeUser(int number) {
  auto user = sample::User(Id("AIDA", number), Numbered("some.user.name-", number));
  user.path = "/division/";
  user.tags = {{"CostCenter", Numbered("cc-", number)},
               {"Email", Numbered("user@example.com-", number)},
               {"Team", "x"}};
  for (int i = 0; i < 2; ++i) {
    user.access_keys.push_back(sample::Key(Id(i == 0 ? "AKIA" : "AKIB", number)));
    user.access_keys.back().sealed_secret = std::string(84, 's');
  }
  user.group_ids = {Id("AGPA", number % kGroups)};
  user.attached_policies = {Numbered("arn:aws:iam::123456789012:policy/Policy-", number % kPolicies)};
  return user;
}

entity::Role MakeRole(int number) {
  auto role = sample::Role(Id("AROA", number), Numbered("SomeRoleName-", number));
  role.trust_policy = sample::Trust(
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},)"
      R"("Action":"sts:AssumeRole"}]})");
  role.tags = {{"Team", Numbered("t", number)}};
  role.inline_policies = {{"inline", sample::Identity(PolicyText(number))}};
  role.attached_policies = {Numbered("arn:aws:iam::123456789012:policy/Policy-", number)};
  return role;
}

void Fill(AccountEdit& edit) {
  for (int i = 0; i < kPolicies; ++i) {
    auto policy = sample::Policy(Id("ANPA", i), Numbered("Policy-", i));
    policy.versions[0].document = sample::Identity(PolicyText(i));
    edit.PutPolicy(std::move(policy));
  }
  for (int i = 0; i < kGroups; ++i) edit.PutGroup(sample::Group(Id("AGPA", i), Numbered("Group-", i)));
  for (int i = 0; i < kUsers; ++i) edit.PutUser(MakeUser(i));
  for (int i = 0; i < kRoles; ++i) edit.PutRole(MakeRole(i));
}

double ResidentMegabytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

TEST(AccountLoad, AnAccountAtItsLimitsFitsInSixtyMegabytes) {
  const storage::ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  // Made in a process of its own, so that its memory is not counted, nor reused.
  const pid_t child = fork();
  if (child == 0) {
    const auto store = storage::sqlite::OpenStore(path);
    const auto directory = OpenOrDie(**store);
    const bool created = CreateAndWait(*directory, kAccount, Fill).has_value();
    directory->Stop();
    _exit(created ? 0 : 1);
  }
  int status = 1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);

  const double before = ResidentMegabytes();
  const auto start = std::chrono::steady_clock::now();
  const auto store = storage::sqlite::OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  const auto directory = OpenOrDie(**store);
  const auto state = directory->Get(kAccount);
  ASSERT_TRUE(state) << state.error().ToString();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const double grown = ResidentMegabytes() - before;
  EXPECT_EQ((*state)->users().size(), static_cast<std::size_t>(kUsers));
  EXPECT_EQ((*state)->FindKeyOwner(Id("AKIB", 4999))->name, Numbered("some.user.name-", 4999));
  EXPECT_EQ((*state)->UsageOf(Numbered("arn:aws:iam::123456789012:policy/Policy-", 7)).attachments, 5);
  std::printf("loaded in %.2f s, resident memory grew by %.1f MB\n", took.count(), grown);
  RecordProperty("resident_megabytes", std::to_string(grown));
  if (!kSanitized) {
    EXPECT_LE(grown, 60);
  }
}

}  // namespace
}  // namespace wardkeep::snapshot
