// A rotation against a service in memory: it finishes from wherever it was killed, and refuses where going on
// would do harm.
#include "rotation/rotate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "base/time_text.h"
#include "rotation/private_file.h"

namespace wardkeep::rotation {
namespace {

constexpr const char* kArn = "arn:aws:iam::123456789012:user/alice";

struct Key {
  std::string secret;
  bool active = true;
  bool used = false;
  std::string create_date;
};

// One user's keys. Every call is checked against them as a server checks a signature.
class MemoryService final : public KeyService {
 public:
  explicit MemoryService(const base::Clock& clock) : clock_(clock) {
    keys["AKIA0"] = {"secret0", true, true, Now()};
  }

  CallResult<std::string> CallerArn(const ProfileKey& key) override {
    WK_TRY(Authenticate(key, "GetCallerIdentity"));
    return std::string(kArn);
  }
  CallResult<std::vector<KeyFacts>> ListKeys(const ProfileKey& key) override {
    WK_TRY(Authenticate(key, "ListAccessKeys"));
    std::vector<KeyFacts> facts;
    for (const auto& [id, one] : keys) facts.push_back({id, one.active, one.create_date});
    return facts;
  }
  CallResult<bool> WasUsed(const ProfileKey& key, const std::string& id) override {
    WK_TRY(Authenticate(key, "GetAccessKeyLastUsed"));
    return keys.at(id).used;
  }
  CallResult<ProfileKey> CreateKey(const ProfileKey& key) override {
    WK_TRY(Authenticate(key, "CreateAccessKey"));
    if (keys.size() >= 2) return CallFault{"LimitExceeded", "two", false};
    const std::string number = std::to_string(++made_);
    keys["AKIA" + number] = {"secret" + number, true, false, Now()};
    young_ = "AKIA" + number;
    return ProfileKey{"AKIA" + number, base::Secret("secret" + number)};
  }
  CallResult<void> Deactivate(const ProfileKey& key, const std::string& id) override {
    WK_TRY(Authenticate(key, "UpdateAccessKey"));
    if (keys.count(id) == 0) return CallFault{"NoSuchEntity", "gone", false};
    keys[id].active = false;
    return {};
  }
  CallResult<void> Delete(const ProfileKey& key, const std::string& id) override {
    WK_TRY(Authenticate(key, "DeleteAccessKey"));
    if (keys.erase(id) == 0) return CallFault{"NoSuchEntity", "gone", false};
    return {};
  }

  std::map<std::string, Key> keys;
  std::string denied;  // a call that is refused
  std::string silent;  // a call without an answer
  int lag = 0;         // how often a new key is unknown

 private:
  std::string Now() const { return base::FormatIso8601(clock_.Now()); }

  CallResult<void> Authenticate(const ProfileKey& key, const std::string& call) {
    const auto found = keys.find(key.access_key_id);
    const bool good =
        found != keys.end() && found->second.active && found->second.secret == key.secret.Reveal();
    const bool unknown_yet = key.access_key_id == young_ && lag > 0;
    if (unknown_yet) --lag;
    if (!good || unknown_yet) return CallFault{"InvalidClientTokenId", "not valid", false};
    if (call == denied) return CallFault{"AccessDenied", "not authorized to perform: iam:" + call, false};
    if (call == silent) return CallFault{"", "timed out", true};
    found->second.used = true;
    return {};
  }

  const base::Clock& clock_;
  int made_ = 0;
  std::string young_;
};

struct Killed {};

class RotateTest : public testing::Test {
 protected:
  RotateTest() : service(clock) {
    const std::string name = std::string("wardkeep_rotate_") + std::to_string(::getpid());
    folder = std::filesystem::temp_directory_path() / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    order.profile = "p";
    order.credentials_path = folder / "credentials";
    order.state_path = folder / "state";
    EXPECT_TRUE(ReplacePrivateFile(
        order.credentials_path, "# keep\n[p]\naws_access_key_id = AKIA0\naws_secret_access_key = secret0\n"));
  }
  ~RotateTest() override { std::filesystem::remove_all(folder); }

  base::Result<void> Forget() {
    RotationHooks hooks;
    hooks.report = [this](const std::string& line) { said.push_back(line); };
    return Rotation(order, service, clock, hooks).Forget();
  }
  base::Result<Outcome> Run(std::string_view kill_at = {}) {
    RotationHooks hooks;
    hooks.report = [this](const std::string& line) { said.push_back(line); };
    hooks.reached = [kill_at](std::string_view point) {
      if (point == kill_at) throw Killed{};
    };
    hooks.sleep_for = [this](std::chrono::milliseconds pause) { clock.Advance(pause); };
    return Rotation(order, service, clock, hooks).Run();
  }
  std::string Credentials() const { return *ReadPrivateFile(order.credentials_path); }
  bool HasState() const { return std::filesystem::exists(order.state_path); }
  std::string Holds(const std::string& id) const {
    return "# keep\n[p]\naws_access_key_id = AKIA" + id + "\naws_secret_access_key = secret" + id + "\n";
  }

  base::ManualClock clock{base::FromUnixSeconds(1'700'000'000)};
  MemoryService service;
  std::filesystem::path folder;
  RotationOrder order;
  std::vector<std::string> said;
};

TEST_F(RotateTest, ReplacesTheKeyAndDeletesTheOldOneAfterTheGrace) {
  const auto first = Run();
  ASSERT_TRUE(first) << first.error().ToString();
  EXPECT_EQ(*first, Outcome::kWaiting);
  EXPECT_EQ(Credentials(), Holds("1"));
  EXPECT_FALSE(service.keys.at("AKIA0").active);
  EXPECT_EQ(ReadPrivateFile(order.state_path)->find("secret1"), std::string::npos)
      << "no secret stays behind";
  clock.Advance(std::chrono::hours(23));
  EXPECT_EQ(*Run(), Outcome::kWaiting);
  EXPECT_EQ(service.keys.count("AKIA0"), 1U);
  clock.Advance(std::chrono::hours(1));
  EXPECT_EQ(*Run(), Outcome::kFinished);
  EXPECT_EQ(service.keys.count("AKIA0"), 0U);
  EXPECT_EQ(service.keys.size(), 1U);
  EXPECT_FALSE(HasState());
}

TEST_F(RotateTest, WithoutGraceOneRunDoesAll) {
  order.grace = std::chrono::seconds(0);
  EXPECT_EQ(*Run(), Outcome::kFinished);
  EXPECT_EQ(service.keys.size(), 1U);
  EXPECT_EQ(Credentials(), Holds("1"));
}

class RotateKilled : public RotateTest, public testing::WithParamInterface<const char*> {};

// The process ends at the point and is run again, then again after the grace.
TEST_P(RotateKilled, IsFinishedByTheNextRun) {
  const bool at_the_end = std::string_view(GetParam()) == "deleted";
  if (at_the_end) order.grace = std::chrono::seconds(0);
  EXPECT_THROW((void)Run(GetParam()), Killed);
  // Whatever the file holds is a key that works, except while the old one was just switched off.
  const auto key = ReadProfileKey(Credentials(), "p");
  ASSERT_TRUE(key);
  EXPECT_EQ(service.keys.at(key->access_key_id).secret, key->secret.Reveal());
  EXPECT_TRUE(service.keys.at(key->access_key_id).active);
  const auto second = Run();
  ASSERT_TRUE(second) << second.error().ToString();
  clock.Advance(std::chrono::hours(24));
  if (!at_the_end) {
    EXPECT_EQ(*Run(), Outcome::kFinished);
  }
  EXPECT_FALSE(HasState());
  ASSERT_EQ(service.keys.size(), 1U);
  const auto& [id, facts] = *service.keys.begin();
  EXPECT_NE(id, "AKIA0");
  EXPECT_TRUE(facts.active);
  EXPECT_EQ(Credentials(), Holds(id.substr(4)));
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, RotateKilled,
                         testing::Values("planned", "answered", "created", "verified", "replaced", "written",
                                         "switched-off", "deactivated", "deleted"),
                         [](const auto& point) {
                           std::string name = point.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(RotateTest, WaitsUntilTheNewKeyIsKnown) {
  service.lag = 5;
  EXPECT_TRUE(Run());
  EXPECT_EQ(Credentials(), Holds("1"));
}

TEST_F(RotateTest, AKeyThatNeverComesIsNotWrittenAndCanBeResumed) {
  service.lag = 1000;
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(Credentials(), Holds("0"));
  EXPECT_TRUE(service.keys.at("AKIA0").active);
  service.lag = 0;
  EXPECT_TRUE(Run());
  EXPECT_EQ(Credentials(), Holds("1"));
}

TEST_F(RotateTest, TwoKeysAreTooMany) {
  service.keys["AKIAX"] = {"x", false, false, "2020-01-01T00:00:00Z"};
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kLimit);
  EXPECT_NE(result.error().message.find("AKIAX (inactive, made 2020-01-01T00:00:00Z)"), std::string::npos);
  EXPECT_EQ(service.keys.size(), 2U);
  EXPECT_FALSE(HasState());
}

class RotateDenied : public RotateTest, public testing::WithParamInterface<const char*> {};

// A refusal names the call and AWS's reason, the profile keeps a working key, and the next run goes on.
TEST_P(RotateDenied, SaysSoAndGoesOnLater) {
  order.grace = std::chrono::seconds(0);
  for (const bool denied : {true, false}) {
    (denied ? service.denied : service.silent) = GetParam();
    const auto result = Run();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message.find("secret"), std::string::npos);
    if (denied) {
      EXPECT_NE(result.error().message.find("AccessDenied: not authorized"), std::string::npos);
    }
    const auto key = ReadProfileKey(Credentials(), "p");
    EXPECT_TRUE(service.keys.at(key->access_key_id).active);
    service.denied.clear();
    service.silent.clear();
  }
  EXPECT_EQ(*Run(), Outcome::kFinished);
  EXPECT_EQ(service.keys.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(EachCall, RotateDenied,
                         testing::Values("GetCallerIdentity", "ListAccessKeys", "CreateAccessKey",
                                         "UpdateAccessKey", "DeleteAccessKey"));

TEST_F(RotateTest, ADeadKeyIsRefusedAtOnce) {
  service.keys["AKIA0"].active = false;
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "the key of profile `p` was refused: InvalidClientTokenId: not valid");
  EXPECT_FALSE(HasState());
}

// A key that somebody else made after the plan is not taken for a lost one.
TEST_F(RotateTest, AKeyThatWasUsedIsNotDeleted) {
  EXPECT_THROW((void)Run("planned"), Killed);
  service.keys["AKIAX"] = {"x", true, true, base::FormatIso8601(clock.Now())};
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(service.keys.count("AKIAX"), 1U);
}

TEST_F(RotateTest, AKeyMadeLongAfterIsNotDeleted) {
  EXPECT_THROW((void)Run("planned"), Killed);
  clock.Advance(std::chrono::hours(1));
  service.keys["AKIAX"] = {"x", true, false, base::FormatIso8601(clock.Now())};
  EXPECT_FALSE(Run());
  EXPECT_EQ(service.keys.count("AKIAX"), 1U);
}

TEST_F(RotateTest, AnOldKeyThatWasActivatedAgainIsNotDeleted) {
  ASSERT_TRUE(Run());
  service.keys["AKIA0"].active = true;
  clock.Advance(std::chrono::hours(25));
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(service.keys.count("AKIA0"), 1U);
}

TEST_F(RotateTest, AProfileThatSomebodyChangedIsLeftAlone) {
  EXPECT_THROW((void)Run("created"), Killed);
  const std::string other = "[p]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n";
  ASSERT_TRUE(ReplacePrivateFile(order.credentials_path, other));
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(Credentials(), other);
}

// Wherever the rotation stopped, in the grace time too: each run says what was found and what to do, and
// after --forget the key that is there now can be rotated.
class RotateChanged : public RotateTest, public testing::WithParamInterface<const char*> {};

TEST_P(RotateChanged, SaysWhatToDoAndCanBeForgotten) {
  if (std::string_view(GetParam()) == "waiting") {
    ASSERT_TRUE(Run());
  } else {
    EXPECT_THROW((void)Run(GetParam()), Killed);
  }
  service.keys.erase("AKIA0");
  service.keys.erase("AKIA1");
  service.keys["AKIAOTHER"] = {"other", true, true, "2023-11-14T22:13:20Z"};
  const std::string other = "[p]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n";
  ASSERT_TRUE(ReplacePrivateFile(order.credentials_path, other));
  for (int run = 0; run < 3; ++run) {
    const auto result = Run();
    if (run == 2) clock.Advance(std::chrono::hours(25));
    ASSERT_FALSE(result);
  }
  EXPECT_EQ(Credentials(), other);
  ASSERT_TRUE(Forget());
  EXPECT_FALSE(HasState());
  const auto fresh = Run();
  ASSERT_TRUE(fresh) << fresh.error().ToString();
  EXPECT_EQ(Credentials().find("AKIAOTHER"), std::string::npos);
  EXPECT_EQ(service.keys.count("AKIAOTHER"), 1U);
}

INSTANTIATE_TEST_SUITE_P(Steps, RotateChanged,
                         testing::Values("planned", "created", "written", "deactivated", "waiting"));

TEST_F(RotateTest, TheTextForAChangedProfileNamesBothKeysAndTheWayOut) {
  ASSERT_TRUE(Run());
  ASSERT_TRUE(ReplacePrivateFile(order.credentials_path,
                                 "[p]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n"));
  const auto result = Run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kConflict);
  for (const char* part : {"AKIAOTHER", "AKIA1", "--forget"}) {
    EXPECT_NE(result.error().message.find(part), std::string::npos) << result.error().message;
  }
}

TEST_F(RotateTest, ForgettingSaysWhichKeyIsLeftAndTouchesNone) {
  ASSERT_TRUE(Forget());  // nothing is under way
  ASSERT_TRUE(Run());
  const std::string before = Credentials();
  said.clear();
  ASSERT_TRUE(Forget());
  ASSERT_EQ(said.size(), 2U);
  EXPECT_NE(said.back().find("AKIA0"), std::string::npos);
  EXPECT_EQ(service.keys.size(), 2U);
  EXPECT_EQ(Credentials(), before);
  ASSERT_TRUE(ReplacePrivateFile(order.state_path, "broken"));
  ASSERT_TRUE(Forget());
  EXPECT_FALSE(HasState());
}

TEST_F(RotateTest, ARotationIsFinishedWhereItBegan) {
  EXPECT_THROW((void)Run("created"), Killed);
  order.endpoint = "http://127.0.0.1:1";
  EXPECT_FALSE(Run());
}

TEST_F(RotateTest, FilesWithSecretsAreForTheOwnerOnly) {
  EXPECT_THROW((void)Run("created"), Killed);
  EXPECT_EQ(std::filesystem::status(order.state_path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(RotateTest, TheCredentialsFileKeepsItsModeAndItsLink) {
  const auto real = folder / "real";
  std::filesystem::rename(order.credentials_path, real);
  std::filesystem::create_symlink(real, order.credentials_path);
  const auto mode = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write |
                    std::filesystem::perms::group_read;
  std::filesystem::permissions(real, mode);
  ASSERT_TRUE(Run());
  EXPECT_TRUE(std::filesystem::is_symlink(order.credentials_path));
  EXPECT_EQ(std::filesystem::status(real).permissions(), mode);
  EXPECT_EQ(*ReadPrivateFile(real), Holds("1"));
}

TEST_F(RotateTest, BrokenStatesAreRefusedAndNothingIsDone) {
  for (const char* text :
       {"", "{}", "{\"version\":2}", "{\"version\":1,\"step\":\"created\"}",
        "{\"version\":1,\"step\":\"x\",\"old_key\":\"A\",\"user\":\"u\",\"planned_at\":1}"}) {
    ASSERT_TRUE(ReplacePrivateFile(order.state_path, text));
    EXPECT_FALSE(Run()) << text;
    EXPECT_EQ(service.keys.size(), 1U);
  }
}

}  // namespace
}  // namespace wardkeep::rotation
