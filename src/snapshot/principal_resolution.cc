#include "snapshot/principal_resolution.h"

#include <algorithm>
#include <optional>

#include "entity/arn.h"
#include "json/parse.h"
#include "json/writer.h"

namespace wardkeep::snapshot {
namespace {

struct AwsPrincipal {
  std::string value;
  json::Span span;
};

struct Replacement {
  json::Span span;
  std::string text;
};

void CollectFrom(const json::Value& principals, std::vector<AwsPrincipal>& into) {
  const json::Value* aws = principals.Find("AWS");
  if (aws == nullptr) return;
  if (const std::string* one = aws->AsString()) into.push_back({*one, aws->span()});
  for (const auto& element : aws->elements()) {
    if (const std::string* one = element.AsString()) into.push_back({*one, element.span()});
  }
}

// Every value under "AWS" of Principal and NotPrincipal, in the order of the text. nullopt for what is not
// JSON.
std::optional<std::vector<AwsPrincipal>> AwsPrincipalsOf(std::string_view document) {
  std::vector<AwsPrincipal> found;
  const auto root = json::Parse(document);
  if (!root) return std::nullopt;
  const json::Value* statements = root->Find("Statement");
  if (statements == nullptr) return found;
  const auto take = [&](const json::Value& statement) {
    for (const std::string_view name : {"Principal", "NotPrincipal"}) {
      if (const json::Value* principals = statement.Find(name)) CollectFrom(*principals, found);
    }
  };
  if (statements->is_object()) take(*statements);
  for (const auto& statement : statements->elements()) take(statement);
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
  return found;
}

// `replacements` are in the order of the text.
std::string Replace(std::string_view text, const std::vector<Replacement>& replacements) {
  std::string out;
  out.reserve(text.size());
  std::size_t from = 0;
  for (const auto& [span, replacement] : replacements) {
    out.append(text.substr(from, span.start - from));
    json::AppendQuoted(out, replacement);
    from = span.end;
  }
  return out.append(text.substr(from));
}

policy::DocumentError InvalidPrincipal(std::string_view value) {
  std::string message = "Invalid principal in policy: \"AWS\":\"";
  message.append(value).append("\"");
  return {"MalformedPolicyDocument", std::move(message), {}};
}

bool IsLivingId(const AccountState& account, std::string_view id) {
  return account.FindUserById(id) != nullptr || account.FindRoleById(id) != nullptr;
}

// The unique id of the user or role an ARN names exactly, path and case included.
std::optional<std::string> IdOf(const AccountState& account, const entity::EntityName& name) {
  if (name.kind == "user") {
    const entity::User* user = account.FindUser(name.name);
    if (user != nullptr && user->name == name.name && user->path == name.path) return user->id;
  } else if (name.kind == "role") {
    const entity::Role* role = account.FindRole(name.name);
    if (role != nullptr && role->name == name.name && role->path == name.path) return role->id;
  }
  return std::nullopt;
}

// What one principal string is stored as.
struct Resolved {
  bool valid = false;
  std::string id;       // empty: stored as written
  std::string account;  // of the id
};

Resolved ResolveArn(const entity::ArnParts& arn, const AccountState& home, const FindAccount& find) {
  if (arn.partition != entity::kPartition || !arn.region.empty() || !base::IsAccountId(arn.account))
    return {};
  const auto name = entity::SplitEntityResource(arn.resource);
  if (arn.service == "sts") {
    // Sessions come and go, so only the form counts (policy-semantics 1.4).
    return {name && (name->kind == "assumed-role" || name->kind == "federated-user"), "", ""};
  }
  if (arn.service != "iam") return {};
  // An account may live on another installation or not yet exist: AWS checks its id for form only.
  if (arn.resource == "root") return {true, "", ""};
  if (!name) return {};
  const base::AccountId id(arn.account);
  AccountStatePtr other;
  if (id != home.id()) other = find(id);
  const AccountState* account = id == home.id() ? &home : other.get();
  const auto entity_id = account == nullptr ? std::nullopt : IdOf(*account, *name);
  if (!entity_id) return {};
  return {true, *entity_id, id.value()};
}

Resolved ResolveOne(const std::string& value, const AccountState& home, const FindAccount& find) {
  if (value == "*" || base::IsAccountId(value)) return {true, "", ""};
  if (const auto arn = entity::SplitArn(value)) return ResolveArn(*arn, home, find);
  if (IsLivingId(home, value)) return {true, value, home.id().value()};
  return {};
}

std::optional<std::string> ArnOf(const AccountState& account, std::string_view id) {
  if (const entity::User* user = account.FindUserById(id)) return account.UserArn(*user);
  if (const entity::Role* role = account.FindRoleById(id)) return account.RoleArn(*role);
  return std::nullopt;
}

}  // namespace

base::Result<ResolvedTrust, policy::DocumentError> ResolvePrincipals(std::string_view document,
                                                                     const AccountState& home,
                                                                     const FindAccount& find) {
  const auto principals = AwsPrincipalsOf(document);
  if (!principals) return policy::DocumentError{"MalformedPolicyDocument", "Syntax errors in policy.", {}};
  ResolvedTrust trust;
  std::vector<Replacement> replacements;
  for (const auto& principal : *principals) {
    Resolved resolved = ResolveOne(principal.value, home, find);
    if (!resolved.valid) return InvalidPrincipal(principal.value);
    if (resolved.id.empty()) continue;
    const std::pair<std::string, std::string> entry(resolved.id, resolved.account);
    if (std::find(trust.principals.begin(), trust.principals.end(), entry) == trust.principals.end()) {
      trust.principals.push_back(entry);
    }
    if (resolved.id != principal.value) replacements.push_back({principal.span, std::move(resolved.id)});
  }
  trust.text = Replace(document, replacements);
  return trust;
}

std::string ShowPrincipals(const entity::Role& role, const AccountState& home, const FindAccount& find) {
  const std::string& text = role.trust_policy->text();
  if (role.trust_principals.empty()) return text;
  const auto principals = AwsPrincipalsOf(text);
  if (!principals) return text;
  std::vector<Replacement> replacements;
  for (const auto& principal : *principals) {
    const auto known = std::find_if(role.trust_principals.begin(), role.trust_principals.end(),
                                    [&](const auto& entry) { return entry.first == principal.value; });
    if (known == role.trust_principals.end()) continue;
    const base::AccountId id(known->second);
    AccountStatePtr other;
    if (id != home.id()) other = find(id);
    const AccountState* account = id == home.id() ? &home : other.get();
    if (account == nullptr) continue;
    if (auto arn = ArnOf(*account, principal.value))
      replacements.push_back({principal.span, *std::move(arn)});
  }
  return Replace(text, replacements);
}

}  // namespace wardkeep::snapshot
