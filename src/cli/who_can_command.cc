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
#include "who_can/questions.h"

namespace wardkeep::cli {
namespace {

constexpr int kUnusable = 2;
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

int Print(json::Writer writer, std::FILE* out) {
  const std::string text = std::move(writer).Take() + "\n";
  return std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0 ? 0
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
  writer.EndArray().Key("depends").BeginArray();
  for (const who_can::Dependence& found : answer.depends) {
    writer.BeginObject().Key("principal").String(found.who->principal.arn);
    writer.Key("missingContextKeys").BeginArray();
    for (const std::string& key : found.missing_context_keys) writer.String(key);
    writer.EndArray().EndObject();
  }
  writer.EndArray().Key("unreadable").BeginArray();
  for (const who_can::AccountPrincipal* who : answer.unreadable) writer.String(who->principal.arn);
  writer.EndArray().Key("resourceUnreadable").Bool(answer.is_resource_unreadable).EndObject();
  return Print(std::move(writer), out);
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
  for (const std::size_t i : who_can::WhatCan(*prepared.account, *who, prepared.question, actions)) {
    writer.String(actions[i]);
  }
  writer.EndArray().EndObject();
  return Print(std::move(writer), out);
}

}  // namespace wardkeep::cli
