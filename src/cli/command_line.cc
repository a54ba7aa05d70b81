#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "cli/account_command.h"
#include "cli/command_help.h"
#include "cli/database_command.h"
#include "cli/doctor_command.h"
#include "cli/evaluate_command.h"
#include "cli/hygiene_command.h"
#include "cli/manual_page.h"
#include "cli/mfa_command.h"
#include "cli/operations_command.h"
#include "cli/policy_summary_command.h"
#include "cli/rotate_key_command.h"
#include "cli/serve_command.h"
#include "cli/settings_command.h"
#include "cli/shell_completion.h"
#include "cli/unknown_word.h"
#include "cli/version.h"
#include "cli/who_can_command.h"
#include "server/setting_table.h"

namespace wardkeep::cli {
namespace {

// Flags made from rows of the setting table, and what was given for them.
class SettingFlags {
 public:
  void Add(CLI::App& command, const server::Setting& setting) {
    Flag& flag = flags_.emplace_back();
    flag.setting = &setting;
    const std::string name = server::FlagName(setting);
    const std::string help(setting.help);
    if (setting.kind == server::SettingKind::kSwitch) {
      flag.option = command.add_flag(name, help);
    } else {
      flag.option = command.add_option(name, flag.text, help)->type_name(std::string(setting.value_name));
    }
    flag.option->group(std::string(setting.group));
  }

  server::SettingValues Given() const {
    server::SettingValues values;
    for (const Flag& flag : flags_) {
      if (flag.option->count() == 0) continue;
      const bool is_switch = flag.setting->kind == server::SettingKind::kSwitch;
      values.push_back({std::string(flag.setting->name), base::Secret(is_switch ? "true" : flag.text),
                        server::FlagName(*flag.setting)});
    }
    return values;
  }

 private:
  struct Flag {
    const server::Setting* setting = nullptr;
    CLI::Option* option = nullptr;
    std::string text;
  };
  std::deque<Flag> flags_;  // CLI11 keeps references to `text`
};

// Each part adds its subcommands, and afterwards runs the one that was named. nullopt: it was another's.
class ServePart {
 public:
  explicit ServePart(CLI::App& root) : command_(*root.add_subcommand("serve", "Serve IAM and STS")) {
    for (const server::Setting& setting : server::Settings()) flags_.Add(command_, setting);
  }
  bool was_named() const { return command_.parsed(); }
  int Run() const { return RunServe(flags_.Given()); }

 private:
  CLI::App& command_;
  SettingFlags flags_;
};

class DoctorPart {
 public:
  explicit DoctorPart(CLI::App& root)
      : command_(*root.add_subcommand("doctor", "Look at configuration, files, ports, clock and database")) {
    command_.add_flag("--json", as_json_, "print the findings as JSON");
    for (const server::Setting& setting : server::Settings()) flags_.Add(command_, setting);
  }
  bool was_named() const { return command_.parsed(); }
  int Run() const { return RunDoctor(as_json_, flags_.Given()); }

 private:
  CLI::App& command_;
  SettingFlags flags_;
  bool as_json_ = false;
};

class AccountPart {
 public:
  explicit AccountPart(CLI::App& root)
      : account_(*root.add_subcommand("account", "Accounts of a running server of this machine")),
        create_(*account_.add_subcommand("create", "Create an account and show its administrator's key")),
        list_(*account_.add_subcommand("list", "List all accounts")),
        close_(*account_.add_subcommand("close", "Refuse all credentials of an account")),
        restore_(*account_.add_subcommand("restore", "Let a closed account work again")),
        purge_(*account_.add_subcommand("purge", "Remove an account that was closed long enough, for good")),
        reset_admin_(*account_.add_subcommand(
            "reset-admin", "Give the user `admin` a new access key and all rights of an administrator")),
        signins_(*account_.add_subcommand("signins", "Show the newest sign-in attempts of an account")) {
    account_.require_subcommand(1);
    create_.add_option("--name", request_.name, "name of the account")->required();
    create_.add_option("--email", request_.email, "address of its owner")->required();
    for (CLI::App* command : {&close_, &restore_, &purge_, &reset_admin_, &signins_}) {
      command->add_option("account", request_.id, "id of the account, 12 digits")
          ->required()
          ->check([](const std::string& text) {
            return base::IsAccountId(text) ? std::string() : std::string("must be 12 digits");
          });
    }
    for (CLI::App* command : {&create_, &list_, &close_, &restore_, &purge_, &reset_admin_, &signins_}) {
      command->add_flag("--json", as_json_, "print the answer as JSON");
    }
    for (const char* name : {"data", "admin_socket"}) {
      create_flags_.Add(create_, *server::FindSetting(name));
      list_flags_.Add(list_, *server::FindSetting(name));
      close_flags_.Add(close_, *server::FindSetting(name));
      restore_flags_.Add(restore_, *server::FindSetting(name));
      purge_flags_.Add(purge_, *server::FindSetting(name));
      reset_admin_flags_.Add(reset_admin_, *server::FindSetting(name));
      signins_flags_.Add(signins_, *server::FindSetting(name));
    }
  }
  bool was_named() const { return account_.parsed(); }
  int Run() {
    request_.output = as_json_ ? AccountOutput::kJson : AccountOutput::kText;
    if (create_.parsed()) return RunAccountCreate(request_, create_flags_.Given());
    if (close_.parsed()) return RunAccountClose(request_, close_flags_.Given());
    if (restore_.parsed()) return RunAccountRestore(request_, restore_flags_.Given());
    if (purge_.parsed()) return RunAccountPurge(request_, purge_flags_.Given());
    if (reset_admin_.parsed()) return RunAccountResetAdmin(request_, reset_admin_flags_.Given());
    if (signins_.parsed()) return RunAccountSignins(request_, signins_flags_.Given());
    return RunAccountList(request_, list_flags_.Given());
  }

 private:
  CLI::App& account_;
  CLI::App& create_;
  CLI::App& list_;
  CLI::App& close_;
  CLI::App& restore_;
  CLI::App& purge_;
  CLI::App& reset_admin_;
  CLI::App& signins_;
  SettingFlags create_flags_;
  SettingFlags list_flags_;
  SettingFlags close_flags_;
  SettingFlags restore_flags_;
  SettingFlags purge_flags_;
  SettingFlags reset_admin_flags_;
  SettingFlags signins_flags_;
  AccountRequest request_;
  bool as_json_ = false;
};

class MfaPart {
 public:
  explicit MfaPart(CLI::App& root)
      : mfa_(*root.add_subcommand("mfa", "MFA devices of a running server of this machine")),
        import_(*mfa_.add_subcommand("import-seeds", "Take in the seeds of hardware tokens")) {
    mfa_.require_subcommand(1);
    import_
        .add_option("file", request_.file, "CSV: serial, hex or base32, period, hash; - for standard input")
        ->required();
    import_.add_option("--account-id", request_.account_id, "the account whose users get the tokens")
        ->required();
    for (const char* name : {"data", "admin_socket"}) flags_.Add(import_, *server::FindSetting(name));
  }
  bool was_named() const { return mfa_.parsed(); }
  int Run() const { return RunImportSeeds(request_, flags_.Given()); }

 private:
  CLI::App& mfa_;
  CLI::App& import_;
  SettingFlags flags_;
  ImportSeedsRequest request_;
};

class EvaluatePart {
 public:
  explicit EvaluatePart(CLI::App& root)
      : command_(*root.add_subcommand("evaluate", "Decide requests from JSON lines, without a server")) {
    command_.add_flag("--explain", explain_, "add the trace of each decision");
    command_.add_option("files", files_, "JSON Lines files (default standard input)");
  }
  bool was_named() const { return command_.parsed(); }
  int Run() const { return RunEvaluate(files_, explain_, stdin, stdout); }

 private:
  CLI::App& command_;
  std::vector<std::string> files_;
  bool explain_ = false;
};

class PolicyPart {
 public:
  explicit PolicyPart(CLI::App& root)
      : policy_(*root.add_subcommand("policy", "Read policy documents, without a server")),
        summary_(*policy_.add_subcommand("summary",
                                         "What a policy allows and denies, by service and access level")) {
    policy_.require_subcommand(1);
    summary_.add_option("file", file_, "policy document; - for standard input")->required();
    summary_.add_flag("--json", as_json_, "print the summary as JSON, with the actions of each service");
  }
  bool was_named() const { return policy_.parsed(); }
  int Run() const { return RunPolicySummary(file_, as_json_, stdin, stdout); }

 private:
  CLI::App& policy_;
  CLI::App& summary_;
  std::string file_;
  bool as_json_ = false;
};

class HygienePart {
 public:
  explicit HygienePart(CLI::App& root)
      : command_(
            *root.add_subcommand("hygiene", "Show which credentials the hygiene rules will deactivate")) {
    command_.add_flag("--json", as_json_, "print the answer as JSON");
    for (const char* name : {"data", "admin_socket"}) flags_.Add(command_, *server::FindSetting(name));
  }
  bool was_named() const { return command_.parsed(); }
  int Run() const { return RunHygiene(as_json_, flags_.Given()); }

 private:
  CLI::App& command_;
  SettingFlags flags_;
  bool as_json_ = false;
};

class DatabasePart {
 public:
  explicit DatabasePart(CLI::App& root)
      : database_(*root.add_subcommand("database", "What is stored")),
        verify_(*database_.add_subcommand("verify", "Check everything that is stored; changes nothing")) {
    database_.require_subcommand(1);
    verify_.add_flag("--online", request_.online,
                     "let the running server check (default: read its data folder)");
    verify_.add_flag("--json", request_.as_json, "print the report as JSON");
    for (const char* name : {"config", "data", "master_key_file", "admin_socket"}) {
      flags_.Add(verify_, *server::FindSetting(name));
    }
  }
  bool was_named() const { return database_.parsed(); }
  int Run() const { return RunDatabaseVerify(request_, flags_.Given()); }

 private:
  CLI::App& database_;
  CLI::App& verify_;
  SettingFlags flags_;
  VerifyRequest request_;
};

class RotateKeyPart {
 public:
  explicit RotateKeyPart(CLI::App& root)
      : command_(*root.add_subcommand("rotate-key",
                                      "Replace the access key of a profile of the AWS credentials file")) {
    command_.add_option("--profile", request_.profile, "profile of the credentials file")->required();
    command_.add_option("--endpoint-url", request_.endpoint_url,
                        "IAM and STS (default AWS_ENDPOINT_URL, else AWS)");
    command_.add_option("--credentials-file", request_.credentials_file,
                        "default AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials");
    command_
        .add_option("--grace", request_.grace, "how long the old key stays, inactive, before it is deleted")
        ->capture_default_str();
    command_.add_flag("--forget", request_.forget,
                      "give up an unfinished rotation of the profile and say which keys it leaves behind");
    command_.add_option(
        "--stop-after", request_.stop_after,
        "for trials: end at this point as if killed, to be resumed by another run: " + RotationPoints());
  }
  bool was_named() const { return command_.parsed(); }
  int Run() const { return RunRotateKey(request_); }

 private:
  CLI::App& command_;
  RotateKeyRequest request_;
};

class AccessPart {
 public:
  explicit AccessPart(CLI::App& root)
      : who_can_(*root.add_subcommand("who-can", "Which principals of an account may do an action")),
        what_can_(*root.add_subcommand("what-can", "Which actions a principal of an account may do")) {
    for (CLI::App* command : {&who_can_, &what_can_}) {
      command
          ->add_option("--details", request_.details, "answer of get-account-authorization-details, as JSON")
          ->required();
      command->add_option("--resource", request_.resource, "ARN of the resource")->capture_default_str();
      command->add_option("--resource-account", request_.resource_account,
                          "owner of the resource (default: of its ARN, else the account)");
      command->add_option("--resource-policy", request_.resource_policy,
                          "file with the policy of the resource");
      command->add_option("--context", request_.context, "condition key, as KEY=VALUE");
    }
    who_can_.add_option("--action", request_.actions, "such as s3:GetObject")->required()->expected(1);
    what_can_.add_option("--action", request_.actions, "actions to ask for (default: all of the service)");
    what_can_.add_option("--principal", request_.principal, "ARN of the root user, a user or a role")
        ->required();
  }
  bool was_named() const { return who_can_.parsed() || what_can_.parsed(); }
  int Run() const { return who_can_.parsed() ? RunWhoCan(request_, stdout) : RunWhatCan(request_, stdout); }

 private:
  CLI::App& who_can_;
  CLI::App& what_can_;
  AccessRequest request_;
};

// What tells about the program itself.
class ProgramPart {
 public:
  explicit ProgramPart(CLI::App& root)
      : root_(root),
        settings_(*root.add_subcommand("settings", "List the settings of `wardkeep serve`")),
        operations_(*root.add_subcommand("operations", "List the API operations that this release answers")),
        completion_(*root.add_subcommand("completion", "Print a script that completes commands and flags")),
        man_(*root.add_subcommand("man", "Print the manual page")),
        version_(*root.add_subcommand("version", "Print the version")) {
    settings_.add_option("--format", format_, "text, toml (a configuration file) or markdown")
        ->check(CLI::IsMember({"text", "toml", "markdown"}))
        ->capture_default_str();
    completion_.add_option("shell", shell_, "bash")->check(CLI::IsMember({"bash"}))->required();
  }
  int Run() const {
    if (operations_.parsed()) return RunOperations();
    std::string text;
    if (settings_.parsed()) text = SettingsText(Format());
    if (completion_.parsed()) text = BashCompletion(root_);
    if (man_.parsed()) text = ManualPage(root_);
    if (version_.parsed()) text = "wardkeep " + std::string(Version()) + "\n";
    return std::fputs(text.c_str(), stdout) < 0 ? 1 : 0;
  }

 private:
  SettingsFormat Format() const {
    if (format_ == "toml") return SettingsFormat::kToml;
    return format_ == "markdown" ? SettingsFormat::kMarkdown : SettingsFormat::kText;
  }

  const CLI::App& root_;
  CLI::App& settings_;
  CLI::App& operations_;
  CLI::App& completion_;
  CLI::App& man_;
  CLI::App& version_;
  std::string format_ = "text";
  std::string shell_;
};

// `wardkeep help serve` means `wardkeep serve --help`.
std::vector<const char*> HelpAsFlag(int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  if (words.size() < 2 || std::string_view(words[1]) != "help") return words;
  words.erase(words.begin() + 1);
  words.push_back("--help");
  return words;
}

}  // namespace

int RunCommandLine(int argc, const char* const* argv) {
  CLI::App root("Wardkeep: AWS IAM that anyone can run", "wardkeep");
  root.require_subcommand(1);
  root.get_formatter()->label("SUBCOMMAND", "COMMAND");
  root.set_version_flag("-V,--version", "wardkeep " + std::string(Version()), "Print the version");
  ServePart serve(root);
  DoctorPart doctor(root);
  AccountPart account(root);
  MfaPart mfa(root);
  EvaluatePart evaluate(root);
  PolicyPart policy(root);
  RotateKeyPart rotate_key(root);
  HygienePart hygiene(root);
  DatabasePart database(root);
  AccessPart access(root);
  ProgramPart program(root);
  DescribeCommands(root);
  const std::vector<const char*> words = HelpAsFlag(argc, argv);
  if (const auto unknown = UnknownWord(root, static_cast<int>(words.size()), words.data())) {
    std::fprintf(stderr, "wardkeep: %s\n", unknown->c_str());
    return 2;
  }
  if (argc <= 1) {
    std::fputs(root.help().c_str(), stderr);
    return 2;
  }
  try {
    root.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::ParseError& wrong) {
    return root.exit(wrong) == 0 ? 0 : 2;
  }
  if (serve.was_named()) return serve.Run();
  if (doctor.was_named()) return doctor.Run();
  if (account.was_named()) return account.Run();
  if (mfa.was_named()) return mfa.Run();
  if (evaluate.was_named()) return evaluate.Run();
  if (policy.was_named()) return policy.Run();
  if (rotate_key.was_named()) return rotate_key.Run();
  if (hygiene.was_named()) return hygiene.Run();
  if (database.was_named()) return database.Run();
  if (access.was_named()) return access.Run();
  return program.Run();
}

}  // namespace wardkeep::cli
