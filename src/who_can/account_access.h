// AccountAccess: who is in an account and which policies bear on each, as who-can questions read it
// (questions.h). Built once, by from_state.h or from_details.h, and asked often; principals with the same
// policies share one index. Not thread-safe while it is filled, afterwards it may be shared.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wardkeep/evaluate.h"
#include "wardkeep/request.h"

namespace wardkeep::who_can {

// A policy of one principal or resource, with the name to show: the ARN of a managed policy, the name of an
// inline one, "GROUP/NAME" of one that comes through a group.
struct NamedPolicy {
  const policy::CompiledPolicy* policy = nullptr;  // null: the stored text cannot be read
  std::string name;
};

// The root user, a user, or a role (any session of it).
struct AccountPrincipal {
  policy::Principal principal;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<NamedPolicy> identity;
  std::optional<NamedPolicy> boundary;
  std::optional<NamedPolicy> trust;  // roles: who may assume it
  // A policy cannot be read: what the principal may do is not known, and nothing is shown as allowed.
  bool is_unreadable = false;
  policy::RequestContext context;  // the keys that follow from the principal
  policy::PolicySet policies;      // identity and boundary, indexed
};

class AccountAccess {
 public:
  explicit AccountAccess(std::string account_id) : account_id_(std::move(account_id)) {}
  AccountAccess(const AccountAccess&) = delete;
  AccountAccess& operator=(const AccountAccess&) = delete;

  const std::string& account_id() const { return account_id_; }
  const std::deque<AccountPrincipal>& principals() const { return principals_; }
  // By exact ARN; null if there is none.
  const AccountPrincipal* Find(std::string_view arn) const;

  // Adds a principal of whom everything but is_unreadable, context and policies is filled.
  void Add(AccountPrincipal who);
  // Keeps what compiled policies live in.
  void Pin(std::shared_ptr<const void> owner) { pins_.push_back(std::move(owner)); }

 private:
  using Views = std::vector<const policy::CompiledPolicy*>;
  const policy::PolicyIndex* IndexOf(const Views& policies);

  std::string account_id_;
  std::deque<AccountPrincipal> principals_;  // stays where it is as it grows
  std::map<std::string, const AccountPrincipal*, std::less<>> by_arn_;
  std::map<Views, policy::PolicyIndexPtr> indexes_;
  std::vector<std::shared_ptr<const void>> pins_;
};

}  // namespace wardkeep::who_can
