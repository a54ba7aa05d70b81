#include "policy/model/same_document.h"

#include <algorithm>
#include <tuple>

namespace wardkeep::policy {
namespace {

bool SamePrincipal(const PrincipalEntry& a, const PrincipalEntry& b) {
  return std::tie(a.type, a.value) == std::tie(b.type, b.value);
}

bool SameTest(const ConditionTest& a, const ConditionTest& b) {
  return std::tie(a.op, a.qualifier, a.if_exists, a.key, a.values) ==
         std::tie(b.op, b.qualifier, b.if_exists, b.key, b.values);
}

bool SameStatement(const Statement& a, const Statement& b) {
  return std::tie(a.effect, a.sid, a.has_principal, a.not_principal, a.not_action, a.actions, a.has_resource,
                  a.not_resource, a.resources) == std::tie(b.effect, b.sid, b.has_principal, b.not_principal,
                                                           b.not_action, b.actions, b.has_resource,
                                                           b.not_resource, b.resources) &&
         std::ranges::equal(a.principals, b.principals, SamePrincipal) &&
         std::ranges::equal(a.conditions, b.conditions, SameTest);
}

}  // namespace

bool SameDocument(const Document& a, const Document& b) {
  return std::tie(a.kind, a.version, a.id) == std::tie(b.kind, b.version, b.id) &&
         std::ranges::equal(a.statements, b.statements, SameStatement);
}

}  // namespace wardkeep::policy
