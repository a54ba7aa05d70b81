#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <set>
#include <string>

#include "server/configuration_file.h"
#include "server/configuration_sources.h"
#include "server/setting_table.h"
#include "server/setting_text.h"

namespace wardkeep::server {
namespace {

using namespace std::chrono_literals;
using Given = std::map<std::string, std::string>;

SettingValues Flags(const Given& given) {
  SettingValues values;
  for (const auto& [name, text] : given)
    values.push_back({name, base::Secret(text), FlagName(*FindSetting(name))});
  return values;
}

base::Result<Configuration> Load(const Given& flags, const Given& environment = {}) {
  return LoadConfiguration(Flags(flags), [&](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

class File {
 public:
  explicit File(const std::string& text)
      : path_(testing::TempDir() + "wardkeep_configuration_" + std::to_string(::getpid()) + ".toml") {
    std::ofstream(path_) << text;
  }
  ~File() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Configuration, DefaultsAreTheFixedNames) {
  const auto configuration = Load({});
  ASSERT_TRUE(configuration.has_value());
  EXPECT_EQ(configuration->data_directory, "./wardkeep-data");
  EXPECT_EQ(configuration->listen.address, "127.0.0.1");
  EXPECT_EQ(configuration->listen.port, 8480);
  EXPECT_FALSE(configuration->memory);
  EXPECT_FALSE(configuration->bootstrap_root_access_key);
  EXPECT_EQ(configuration->AdminSocketPath(), "./wardkeep-data/admin.sock");
  EXPECT_EQ(configuration->MasterKeyPath(), "./wardkeep-data/master.key");
  EXPECT_EQ(Load({{"memory", "true"}})->AdminSocketPath(), "");
  EXPECT_EQ(Load({{"memory", "true"}, {"admin_socket", "/s"}})->AdminSocketPath(), "/s");
}

TEST(Configuration, FlagsWinOverEnvironmentOverFile) {
  const File file("listen = \"127.0.0.1:1\"\nthreads = 1\nlog_level = \"debug\"\n");
  const auto configuration =
      Load({{"listen", "127.0.0.1:3"}},
           {{"WARDKEEP_CONFIG", file.path()}, {"WARDKEEP_LISTEN", "127.0.0.1:2"}, {"WARDKEEP_THREADS", "2"}});
  ASSERT_TRUE(configuration.has_value()) << configuration.error().ToString();
  EXPECT_EQ(configuration->listen.port, 3);
  EXPECT_EQ(configuration->threads, 2);
  EXPECT_EQ(configuration->log_level, log::Level::kDebug);
}

TEST(Configuration, AFlagNamesAnotherFileThanTheEnvironment) {
  const File file("threads = 7\n");
  EXPECT_EQ(Load({{"config", file.path()}}, {{"WARDKEEP_CONFIG", "/nonexistent"}})->threads, 7);
  const auto missing = Load({}, {{"WARDKEEP_CONFIG", "/nonexistent"}});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, base::ErrorCode::kNotFound);
}

TEST(Configuration, EveryKindOfSettingReachesItsMember) {
  const auto c = Load({{"account_id", "000000000007"},
                       {"bootstrap_access_key", "AKIAIOSFODNN7EXAMPLE:wJalr/XUt+n=:EMI"},
                       {"tls_certificate", "c.pem"},
                       {"tls_key", "k.pem"},
                       {"listen", "[::]:443"},
                       {"trusted_proxies", "10.0.0.0/8, ::1"},
                       {"shutdown_grace", "1500ms"},
                       {"master_key", "abc"},
                       {"limits.header_bytes", "2048"},
                       {"limits.body_bytes", "4096"},
                       {"limits.idle_timeout", "2m"},
                       {"limits.write_timeout", "7"}});
  ASSERT_TRUE(c.has_value()) << c.error().ToString();
  EXPECT_EQ(c->account_id->value(), "000000000007");
  EXPECT_EQ(c->bootstrap_access_key->access_key_id, "AKIAIOSFODNN7EXAMPLE");
  EXPECT_EQ(c->bootstrap_access_key->secret.Reveal(), "wJalr/XUt+n=:EMI");
  EXPECT_EQ(c->tls->certificate_chain, "c.pem");
  EXPECT_EQ(c->tls->private_key, "k.pem");
  EXPECT_EQ(c->listen.address, "::");
  EXPECT_EQ(c->trusted_proxies, (std::vector<std::string>{"10.0.0.0/8", "::1"}));
  EXPECT_EQ(c->shutdown_grace, 1500ms);
  EXPECT_EQ(c->master_key.Reveal(), "abc");
  EXPECT_EQ(c->limits.header_bytes, 2048U);
  EXPECT_EQ(c->limits.body_bytes, 4096U);
  EXPECT_EQ(c->limits.idle_timeout, 2min);
  EXPECT_EQ(c->limits.write_timeout, 7s);
}

struct RefusedCase {
  Given flags;
  std::string_view part_of_message;
};

TEST(Configuration, RefusesWrongValuesWithoutRepeatingThem) {
  const RefusedCase cases[] = {
      {{{"listen", "8480"}}, "--listen"},
      {{{"listen", "127.0.0.1:65536"}}, "0 to 65535"},
      {{{"listen", "::1:80"}}, "[::1]:8480"},
      {{{"account_id", "12345"}}, "12 digits"},
      {{{"memory", "maybe"}}, "true or false"},
      {{{"threads", "-1"}}, "whole number"},
      {{{"threads", "2x"}}, "whole number"},
      {{{"data", ""}}, "must not be empty"},
      {{{"log_level", "loud"}}, "debug, info"},
      {{{"trusted_proxies", "10.0.0.0/8,nonsense"}}, "CIDR"},
      {{{"limits.body_timeout", "0s"}}, "duration"},
      {{{"limits.body_timeout", "25h"}}, "duration"},
      {{{"limits.body_timeout", "99999999999s"}}, "duration"},
      {{{"limits.connections", "0"}}, "1 to"},
      {{{"tls_certificate", "c.pem"}}, "--tls-key"},
      {{{"tls_key", "c.pem"}}, "--tls-certificate"},
      {{{"memory", "true"}, {"database", "postgres://h/d"}}, "exclude"},
      {{{"listen", "0.0.0.0:8480"}}, "--insecure-http"},
      {{{"listen", "[::]:8480"}}, "--insecure-http"},
      {{{"listen", "localhost:8480"}}, "not a loopback"},
  };
  for (const auto& [flags, part_of_message] : cases) {
    const auto configuration = Load(flags);
    ASSERT_FALSE(configuration.has_value()) << flags.begin()->second;
    EXPECT_EQ(configuration.error().code, base::ErrorCode::kInvalid);
    EXPECT_NE(configuration.error().message.find(part_of_message), std::string::npos)
        << configuration.error().message;
  }
  for (const char* key : {"hunter2", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE:", "short:hunter2",
                          "AKIAIOSFODNN7EXAMPLE:hunter 2", "AKIA-OSFODNN7EXAMPLE:hunter2"}) {
    const auto configuration = Load({{"bootstrap_root_access_key", key}});
    ASSERT_FALSE(configuration.has_value()) << key;
    EXPECT_EQ(configuration.error().ToString().find("hunter"), std::string::npos);
  }
}

TEST(Configuration, OtherAddressesNeedTlsOrConsent) {
  EXPECT_TRUE(Load({{"listen", "0.0.0.0:1"}, {"insecure_http", "true"}}).has_value());
  EXPECT_TRUE(Load({{"listen", "0.0.0.0:1"}, {"tls_key", "k"}, {"tls_certificate", "c"}}).has_value());
  EXPECT_TRUE(Load({{"listen", "127.0.0.9:1"}}).has_value());
}

struct FileCase {
  std::string_view text;
  std::string_view message;  // empty: accepted
};

TEST(ConfigurationFile, TakesSettingsAndNamesTheLineOfAMistake) {
  const FileCase cases[] = {
      {"", ""},
      {"memory = true\nthreads = 2\n[limits]\nconnections = 5\nidle_timeout = \"5s\"\n", ""},
      {"trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n", ""},
      {"limits.connections = 5\n", ""},
      {"memory = true\nlistn = \"x\"\n", "f.toml line 2: `listn` is not a setting"},
      {"\n[limits]\n\nconections = 1\n", "f.toml line 4: `limits.conections` is not a setting"},
      {"[limit]\nconnections = 1\n", "f.toml line 2: `limit.connections` is not a setting"},
      {"[limits.connections]\nx = 1\n", "f.toml line 1: `limits.connections` has a value of a wrong type"},
      {"[listen]\n", ""},
      {"config = \"other.toml\"\n", "f.toml line 1: `config` is not a setting"},
      {"threads = 1.5\n", "f.toml line 1: `threads` has a value of a wrong type"},
      {"data = [\"a\"]\n", "f.toml line 1: `data` has a value of a wrong type"},
      {"trusted_proxies = [\"a,b\"]\n", "f.toml line 1: `trusted_proxies` has a value of a wrong type"},
  };
  for (const auto& [text, message] : cases) {
    const auto values = ParseConfigurationText(text, "f.toml");
    EXPECT_EQ(values.has_value() ? "" : values.error().message, message) << text;
  }
  const auto broken = ParseConfigurationText("memory = true\nlisten = \n", "f.toml");
  ASSERT_FALSE(broken.has_value());
  EXPECT_TRUE(broken.error().message.starts_with("f.toml line 2: ")) << broken.error().message;
}

TEST(SettingTable, NamesFollowFromTheRow) {
  EXPECT_EQ(FlagName(*FindSetting("limits.header_bytes")), "--limits-header-bytes");
  EXPECT_EQ(EnvironmentName(*FindSetting("limits.header_bytes")), "WARDKEEP_LIMITS_HEADER_BYTES");
  EXPECT_EQ(FlagName(*FindSetting("bootstrap_root_access_key")), "--bootstrap-root-access-key");
  EXPECT_EQ(FindSetting("unknown"), nullptr);
  std::set<std::string> flags;
  for (const Setting& setting : Settings())
    EXPECT_TRUE(flags.insert(FlagName(setting)).second) << setting.name;
}

}  // namespace
}  // namespace wardkeep::server
