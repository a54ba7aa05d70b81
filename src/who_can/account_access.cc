#include "who_can/account_access.h"

namespace wardkeep::who_can {

const AccountPrincipal* AccountAccess::Find(std::string_view arn) const {
  const auto found = by_arn_.find(arn);
  return found == by_arn_.end() ? nullptr : found->second;
}

const policy::PolicyIndex* AccountAccess::IndexOf(const Views& policies) {
  policy::PolicyIndexPtr& index = indexes_[policies];
  if (index == nullptr) index = policy::MakeIndex(policies);
  return index.get();
}

void AccountAccess::Add(AccountPrincipal added) {
  AccountPrincipal& who = principals_.emplace_back(std::move(added));
  by_arn_.emplace(who.principal.arn, &who);
  policy::FillPrincipalKeys(who.principal, who.tags, who.context);
  Views identity;
  for (const NamedPolicy& named : who.identity) identity.push_back(named.policy);
  Views boundary;
  if (who.boundary) boundary.push_back(who.boundary->policy);
  for (const Views* views : {&identity, &boundary}) {
    for (const policy::CompiledPolicy* policy : *views) {
      who.is_unreadable = who.is_unreadable || policy == nullptr;
    }
  }
  if (who.is_unreadable) return;
  policy::PolicySet& set = who.policies;
  if (!identity.empty()) {
    set.indexes.identity = IndexOf(identity);
    set.identity = set.indexes.identity->policies();
  }
  if (!boundary.empty()) {
    set.indexes.permissions_boundary = IndexOf(boundary);
    set.permissions_boundary = set.indexes.permissions_boundary->policies();
  }
}

}  // namespace wardkeep::who_can
