#include "spec/statement.h"

#include <algorithm>
#include <map>

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

// The identities a caller presents beside "*", each with the entries that name it (2.3).
std::map<Grant, std::set<std::string>> Identities(const Principal& caller) {
  const PrincipalKind kind = caller.kind;
  std::map<Grant, std::set<std::string>> out;
  if (kind == PrincipalKind::kAnonymous) return out;
  if (kind == PrincipalKind::kService) return {{Grant::kService, {caller.service}}};
  if (kind == PrincipalKind::kFederated) return {{Grant::kProvider, {caller.arn}}};
  const std::string partition = caller.arn.substr(0, caller.arn.find(':', 4));
  out[Grant::kAccount] = {caller.account_id, partition + ":iam::" + caller.account_id + ":root"};
  const std::set<std::string> entity = {caller.entity_arn, caller.entity_id};
  if (kind == PrincipalKind::kUser) out[Grant::kUser] = {caller.arn, caller.entity_id};
  if (kind == PrincipalKind::kRoleSession) out[Grant::kRole] = entity;
  // A session whose name is unknown has the ARN of its role, and no entry names it.
  if (kind == PrincipalKind::kRoleSession)
    out[Grant::kSession] = {caller.arn == caller.entity_arn ? "" : caller.arn};
  if (kind == PrincipalKind::kFederatedUser) out[Grant::kFederatedUser] = {caller.arn};
  // Root makes federated sessions without a user.
  if (kind == PrincipalKind::kFederatedUser && entity.size() > 1) out[Grant::kUser] = entity;
  for (auto& [grant, names] : out) names.erase("");
  return out;
}

// The entries through which Principal or NotPrincipal takes the caller in; none if it does not.
Grants PrincipalMatches(const Statement& statement, DocumentKind kind, const Request& request, bool bounded) {
  const bool must_name = kind == DocumentKind::kResource || kind == DocumentKind::kTrust;
  if (!statement.has_principal) return must_name ? Grants{} : Grants{Grant::kStar};
  const auto identities = Identities(request.principal);
  Grants listed;
  for (const PrincipalEntry& entry : statement.principals) {
    if (entry.type == PrincipalType::kAny) listed.insert(Grant::kStar);
    for (const auto& [grant, names] : identities) {
      const PrincipalType type = grant == Grant::kService    ? PrincipalType::kService
                                 : grant == Grant::kProvider ? PrincipalType::kFederated
                                                             : PrincipalType::kAws;
      if (entry.type == type && names.contains(entry.value)) listed.insert(grant);
    }
  }
  if (!statement.not_principal) return listed;
  // 4.9: a Deny spares only callers without a boundary whose every identity is listed.
  const bool every = !identities.empty() && listed.size() == identities.size();
  const bool spared = listed.contains(Grant::kStar) || every;
  return spared && !(bounded && statement.effect == Effect::kDeny) ? Grants{} : Grants{Grant::kStar};
}

}  // namespace

Application Apply(const Statement& statement, const Document& document, const Request& request,
                  bool bounded) {
  Application out;
  const auto need = [&](const std::string& key) {
    if (Find(request.context, key) == nullptr) out.missing_keys.push_back(key);
  };
  out.grants = PrincipalMatches(statement, document.kind, request, bounded);
  const bool action =
      std::any_of(statement.actions.begin(), statement.actions.end(),
                  [&](const std::string& pattern) { return ActionMatches(pattern, request.action); });
  if (out.grants.empty() || action == statement.not_action) return out;
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
    out.applies = Holds(test, statement.effect, document.version, request.context) && out.applies;
  }
  return out;
}

}  // namespace wardkeep::policy::spec
