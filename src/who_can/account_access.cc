#include "who_can/account_access.h"

namespace wardkeep::who_can {

const Subject* AccountAccess::Find(std::string_view arn) const {
  const auto found = by_arn_.find(arn);
  return found == by_arn_.end() ? nullptr : found->second;
}

const policy::PolicyIndex* AccountAccess::IndexOf(const Views& policies) {
  policy::PolicyIndexPtr& index = indexes_[policies];
  if (index == nullptr) index = policy::MakeIndex(policies);
  return index.get();
}

void AccountAccess::Add(Subject added) {
  Subject& subject = subjects_.emplace_back(std::move(added));
  by_arn_.emplace(subject.principal.arn, &subject);
  policy::FillPrincipalKeys(subject.principal, subject.tags, subject.context);
  Views identity;
  for (const NamedPolicy& named : subject.identity) identity.push_back(named.policy);
  Views boundary;
  if (subject.boundary) boundary.push_back(subject.boundary->policy);
  for (const Views* views : {&identity, &boundary}) {
    for (const policy::CompiledPolicy* policy : *views) {
      subject.is_unreadable = subject.is_unreadable || policy == nullptr;
    }
  }
  if (subject.is_unreadable) return;
  policy::PolicySet& set = subject.policies;
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
