#include "spec/statement.h"

#include <algorithm>

#include "spec/condition.h"
#include "spec/pattern.h"

namespace wardkeep::policy::spec {
namespace {

bool ActionMatches(const std::string& pattern, const std::string& action) {  // 2.1
  if (pattern == "*" || pattern == "*:*") return true;
  const std::size_t colon = pattern.find(':'), at = action.find(':');
  if (colon == pattern.npos || at == action.npos) return false;
  return base::EqualsIgnoreAsciiCase(pattern.substr(0, colon), action.substr(0, at)) &&
         Glob(Decode(base::AsciiLower(pattern.substr(colon + 1)), true),
              Decode(base::AsciiLower(action.substr(at + 1))));
}

// Only the resource part, after the fifth colon, knows variables (2.4).
std::pair<std::string, std::string> CutResource(const std::string& pattern) {
  std::size_t at = 0;
  for (int colons = 0; colons < 5; ++colons) {
    at = pattern.find(':', at);
    if (at == pattern.npos) return {pattern, ""};
    ++at;
  }
  return {pattern.substr(0, at), pattern.substr(at)};
}

bool ResourceMatches(const std::string& pattern, const Document& document, const Request& request) {  // 2.2
  if (pattern == "*") return true;
  const auto [front, rear] = CutResource(pattern);
  const std::optional<Text> resource_part = Expand(rear, document.version, true, request.context);
  if (!resource_part) return false;
  const Text whole = Decode(front, true) + *resource_part;
  const Text resource = request.wildcard_only ? U"*" : Decode(request.resource);
  std::vector<Text> globs = ArnParts(whole);
  const std::vector<Text> parts = ArnParts(resource);
  if (parts.size() < 6) return Glob(whole, resource);  // "*": the action has no resource
  const bool run_on = globs.size() == 6 && std::any_of(globs.begin(), globs.end() - 1, [](const Text& glob) {
                        return !glob.empty() && glob.back() == kAnyRun;
                      });
  if (globs.size() < 6) {  // 1.7
    const bool identity =
        document.kind == DocumentKind::kIdentity || document.kind == DocumentKind::kPermissionsBoundary;
    if (!identity && (whole.empty() || whole.back() != kAnyRun)) return false;
    globs.resize(6, Text(1, kAnyRun));
  }
  bool each = true;
  for (std::size_t i = 0; each && i < 6; ++i) each = Glob(globs[i], parts[i]);
  return each || (run_on && Glob(whole, resource));
}

bool IsAccount(const std::string& value, const std::string& account) {
  if (account.empty()) return false;
  const std::vector<Text> arn = ArnParts(Decode(value));
  return value == account || (arn.size() == 6 && arn[0] == U"arn" && arn[2] == U"iam" && arn[3].empty() &&
                              arn[4] == Decode(account) && arn[5] == U"root");
}

// What a listed principal is to the caller.
Grants Relations(const PrincipalEntry& entry, const Principal& caller) {
  if (entry.type == PrincipalType::kAny) return {Grant::kStar};
  if (entry.type == PrincipalType::kService) {
    return caller.kind == PrincipalKind::kService && entry.value == caller.service ? Grants{Grant::kService}
                                                                                   : Grants{};
  }
  if (entry.type == PrincipalType::kFederated) {
    return caller.kind == PrincipalKind::kFederated && entry.value == caller.arn ? Grants{Grant::kProvider}
                                                                                 : Grants{};
  }
  if (entry.type != PrincipalType::kAws || entry.value.empty()) return {};
  if (IsAccount(entry.value, caller.account_id)) return {Grant::kAccount};
  const bool entity = entry.value == caller.entity_arn || entry.value == caller.entity_id;
  switch (caller.kind) {
    case PrincipalKind::kUser:
      return entry.value == caller.arn || entry.value == caller.entity_id ? Grants{Grant::kUser} : Grants{};
    case PrincipalKind::kRoleSession:
      return entity ? Grants{Grant::kRole} : entry.value == caller.arn ? Grants{Grant::kSession} : Grants{};
    case PrincipalKind::kFederatedUser:
      return entity                      ? Grants{Grant::kUser}
             : entry.value == caller.arn ? Grants{Grant::kFederatedUser}
                                         : Grants{};
    default:
      return {};
  }
}

// Every identity the caller presents beside "*".
Grants Identities(const Principal& caller) {
  switch (caller.kind) {
    case PrincipalKind::kRoot:
      return {Grant::kAccount};
    case PrincipalKind::kUser:
      return {Grant::kAccount, Grant::kUser};
    case PrincipalKind::kRoleSession:
      return {Grant::kAccount, Grant::kRole, Grant::kSession};
    case PrincipalKind::kFederatedUser:  // the user is unknown when root made the session
      if (caller.entity_arn.empty() && caller.entity_id.empty())
        return {Grant::kAccount, Grant::kFederatedUser};
      return {Grant::kAccount, Grant::kUser, Grant::kFederatedUser};
    case PrincipalKind::kService:
      return {Grant::kService};
    case PrincipalKind::kFederated:
      return {Grant::kProvider};
    case PrincipalKind::kAnonymous:
      break;
  }
  return {Grant::kStar};  // an anonymous caller is listed only by "*"
}

// The entries through which Principal or NotPrincipal takes the caller in; nothing if it does not.
std::optional<Grants> PrincipalMatches(const Statement& statement, DocumentKind kind, const Request& request,
                                       bool bounded) {
  if (!statement.has_principal) {
    if (kind == DocumentKind::kResource || kind == DocumentKind::kTrust) return std::nullopt;
    return Grants{Grant::kStar};
  }
  Grants listed;
  for (const PrincipalEntry& entry : statement.principals) listed.merge(Relations(entry, request.principal));
  if (!statement.not_principal) return listed.empty() ? std::nullopt : std::optional(listed);
  // 4.9: a Deny spares only callers without a boundary whose every identity is listed.
  const Grants all = Identities(request.principal);
  const bool spared =
      listed.contains(Grant::kStar) || std::includes(listed.begin(), listed.end(), all.begin(), all.end());
  if (spared && !(bounded && statement.effect == Effect::kDeny)) return std::nullopt;
  return Grants{Grant::kStar};
}

}  // namespace

Application Apply(const Statement& statement, const Document& document, const Request& request,
                  bool bounded) {
  Application out;
  const auto need = [&](const std::string& key) {
    if (Find(request.context, key) == nullptr) out.missing_keys.push_back(key);
  };
  const std::optional<Grants> grants = PrincipalMatches(statement, document.kind, request, bounded);
  const bool action =
      std::any_of(statement.actions.begin(), statement.actions.end(),
                  [&](const std::string& pattern) { return ActionMatches(pattern, request.action); });
  if (!grants || action == statement.not_action) return out;
  out.grants = *grants;
  for (const std::string& pattern : statement.resources) {
    for (const std::string& key : NeededKeys(CutResource(pattern).second, document.version)) need(key);
  }
  const bool resource =
      std::any_of(statement.resources.begin(), statement.resources.end(),
                  [&](const std::string& p) { return ResourceMatches(p, document, request); });
  if (statement.has_resource && resource == statement.not_resource) return out;
  out.applies = true;
  for (const ConditionTest& test : statement.conditions) {
    need(test.key);
    for (const std::string& value : test.values) {
      if (!TakesVariables(test.op)) continue;
      for (const std::string& key : NeededKeys(value, document.version)) need(key);
    }
    out.applies = Holds(test, document.version, request.context) && out.applies;
  }
  return out;
}

}  // namespace wardkeep::policy::spec
