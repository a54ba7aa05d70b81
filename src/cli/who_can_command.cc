#include "cli/who_can_command.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "base/account_id.h"
#include "cli/read_file.h"
#include "json/writer.h"
#include "wardkeep/parse.h"
#include "who_can/from_details.h"
#include "who_can/question_check.h"
#include "who_can/questions.h"

namespace wardkeep::cli {
namespace {

constexpr int kUnusable = 2;
constexpr int kUndecided = 3;
constexpr std::size_t kMaxBytes = std::size_t{256} << 20;

int Complain(const std::string& what, const std::string& why) {
  std::fprintf(stderr, "wardkeep: %s: %s\n", what.c_str(), why.c_str());
  return kUnusable;
}

// The request in the library's terms; complains and is not `ok` if a part cannot be used.
class Prepared {
 public:
  explicit Prepared(const AccessRequest& request) { ok = Read(request); }

  bool ok = false;
  std::unique_ptr<const who_can::AccountAccess> account;
  who_can::AccessQuestion question;

 private:
  bool Read(const AccessRequest& request) {
    const std::optional<std::string> text = ReadFile(request.details, kMaxBytes);
    if (!text) return Complain(request.details, std::strerror(errno)) == 0;
    auto read = who_can::FromDetails(*text);
    if (!read) return Complain(request.details, read.error().message) == 0;
    account = std::move(*read);
    if (const auto wrong = who_can::WrongResource(request.resource)) {
      return Complain("--resource " + request.resource, *wrong) == 0;
    }
    for (const std::string& action : request.actions) {
      if (const auto wrong = who_can::WrongAction(action)) return Complain("--action " + action, *wrong) == 0;
    }
    if (!request.resource_account.empty() && !base::IsAccountId(request.resource_account)) {
      return Complain("--resource-account", "not 12 digits") == 0;
    }
    question.resource = request.resource;
    question.resource_account = request.resource_account;
    for (const std::string& pair : request.context) {
      const std::size_t equals = pair.find('=');
      if (equals == 0 || equals == std::string::npos) return Complain("--context", "not KEY=VALUE") == 0;
      question.context.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return request.resource_policy.empty() || ReadResourcePolicy(request.resource_policy);
  }

  bool ReadResourcePolicy(const std::string& name) {
    const std::optional<std::string> text = ReadFile(name, kMaxBytes);
    if (!text) return Complain(name, std::strerror(errno)) == 0;
    const policy::ParseOutcome parsed = policy::ParseDocument(*text, policy::DocumentKind::kResource);
    if (parsed.error) return Complain(name, parsed.error->message) == 0;
    resource_policy_ = policy::Compile(*parsed.document);
    question.resource_policy = resource_policy_.get();
    return true;
  }

  policy::PolicyPtr resource_policy_;
};

// `status` unless the text cannot be written.
int Print(json::Writer writer, std::FILE* out, int status) {
  const std::string text = std::move(writer).Take() + "\n";
  return std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0 ? status
                                                                                               : kUnusable;
}

}  // namespace

int RunWhoCan(const AccessRequest& request, std::FILE* out) {
  Prepared prepared(request);
  if (!prepared.ok) return kUnusable;
  prepared.question.action = request.actions.front();
  const who_can::WhoCanAnswer answer = who_can::WhoCan(*prepared.account, prepared.question);
  json::Writer writer(json::Layout::kIndented);
  writer.BeginObject().Key("allowed").BeginArray();
  for (const who_can::Finding& found : answer.allowed) {
    writer.BeginObject().Key("principal").String(found.who->principal.arn);
    if (found.decision.statement) {
      writer.Key("policyType").String(policy::PolicyTypeName(found.decision.statement->type));
      writer.Key("policy").String(found.policy);
      writer.Key("statement").Unsigned(found.decision.statement->statement);
    }
    writer.EndObject();
  }
  bool is_decided = true;
  writer.EndArray().Key("depends").BeginArray();
  for (const who_can::Dependence& found : answer.depends) {
    writer.BeginObject().Key("principal").String(found.who->principal.arn);
    writer.Key("missingContextKeys").BeginArray();
    for (const std::string& key : found.missing_context_keys) writer.String(key);
    writer.EndArray();
    if (!found.missing_facts.empty()) {
      is_decided = false;
      writer.Key("missingFacts").BeginArray();
      for (const std::string& fact : found.missing_facts) writer.String(fact);
      writer.EndArray();
    }
    writer.EndObject();
  }
  writer.EndArray().Key("unreadable").BeginArray();
  for (const who_can::AccountPrincipal* who : answer.unreadable) writer.String(who->principal.arn);
  writer.EndArray().Key("resourceUnreadable").Bool(answer.is_resource_unreadable).EndObject();
  return Print(std::move(writer), out, is_decided ? 0 : kUndecided);
}

int RunWhatCan(const AccessRequest& request, std::FILE* out) {
  const Prepared prepared(request);
  if (!prepared.ok) return kUnusable;
  const who_can::AccountPrincipal* who = prepared.account->Find(request.principal);
  if (who == nullptr) return Complain(request.principal, "no such principal in the account");
  if (who->is_unreadable) return Complain(request.principal, "has a policy that cannot be read");
  const std::vector<std::string> actions =
      request.actions.empty() ? who_can::ActionsFor(request.resource) : request.actions;
  json::Writer writer(json::Layout::kIndented);
  writer.BeginObject().Key("principal").String(request.principal).Key("resource").String(request.resource);
  writer.Key("asked").Unsigned(actions.size()).Key("allowed").BeginArray();
  const who_can::WhatCanAnswer answer = who_can::WhatCan(*prepared.account, *who, prepared.question, actions);
  for (const std::size_t i : answer.allowed) writer.String(actions[i]);
  writer.EndArray();
  if (!answer.undecided.empty()) {
    writer.Key("undecided").BeginArray();
    for (const std::size_t i : answer.undecided) writer.String(actions[i]);
    writer.EndArray();
  }
  writer.EndObject();
  // A list that was not asked for by name may leave out what the file does not say.
  return Print(std::move(writer), out, answer.undecided.empty() || request.actions.empty() ? 0 : kUndecided);
}

}  // namespace wardkeep::cli
