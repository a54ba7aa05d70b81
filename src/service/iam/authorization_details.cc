#include "service/iam/authorization_details.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "api/iam/types.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "service/iam/lookup.h"
#include "service/iam/policy_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

std::vector<api::iam::PolicyDetail> ShowInline(const entity::InlinePolicies& policies) {
  std::vector<api::iam::PolicyDetail> shown;
  for (const entity::InlinePolicy& policy : policies) {
    shown.push_back({.policy_name = policy.name, .policy_document = ShowDocument(policy.document->text())});
  }
  return shown;
}

std::vector<api::iam::AttachedPolicy> ShowAttached(const std::vector<std::string>& arns) {
  std::vector<api::iam::AttachedPolicy> shown;
  for (const std::string& arn : arns)
    shown.push_back({.policy_name = entity::NameInArn(arn), .policy_arn = arn});
  return shown;
}

api::iam::UserDetail UserDetails(const snapshot::AccountState& account, const entity::User& user) {
  api::iam::User base = ShowUser(account, user, Detail::kFull);
  api::iam::UserDetail shown;
  shown.path = std::move(base.path);
  shown.user_name = std::move(base.user_name);
  shown.user_id = std::move(base.user_id);
  shown.arn = std::move(base.arn);
  shown.create_date = base.create_date;
  if (!user.inline_policies.empty()) shown.user_policy_list = ShowInline(user.inline_policies);
  shown.group_list.emplace();
  for (const std::string& id : user.group_ids) {
    if (const entity::Group* group = account.FindGroupById(id)) shown.group_list->push_back(group->name);
  }
  shown.attached_managed_policies = ShowAttached(user.attached_policies);
  shown.permissions_boundary = std::move(base.permissions_boundary);
  shown.tags = ShowTagsAlways(user.tags);
  return shown;
}

api::iam::GroupDetail GroupDetails(const snapshot::AccountState& account, const entity::Group& group) {
  api::iam::Group base = ShowGroup(account, group);
  api::iam::GroupDetail shown;
  shown.path = std::move(base.path);
  shown.group_name = std::move(base.group_name);
  shown.group_id = std::move(base.group_id);
  shown.arn = std::move(base.arn);
  shown.create_date = base.create_date;
  shown.group_policy_list = ShowInline(group.inline_policies);
  shown.attached_managed_policies = ShowAttached(group.attached_policies);
  return shown;
}

api::iam::RoleDetail RoleDetails(const ReadContext& context, const entity::Role& role,
                                 const std::vector<const entity::InstanceProfile*>& profiles) {
  const snapshot::AccountState& account = context.account;
  api::iam::Role base = ShowRole(context, account, role, Detail::kFull);
  api::iam::RoleDetail shown;
  shown.path = std::move(base.path);
  shown.role_name = std::move(base.role_name);
  shown.role_id = std::move(base.role_id);
  shown.arn = std::move(base.arn);
  shown.create_date = base.create_date;
  shown.assume_role_policy_document = std::move(base.assume_role_policy_document);
  shown.instance_profile_list.emplace();
  for (const entity::InstanceProfile* profile : profiles) {
    shown.instance_profile_list->push_back(ShowInstanceProfile(context, account, *profile, Detail::kList));
  }
  shown.role_policy_list = ShowInline(role.inline_policies);
  shown.attached_managed_policies = ShowAttached(role.attached_policies);
  shown.permissions_boundary = std::move(base.permissions_boundary);
  shown.tags = ShowTagsAlways(role.tags);
  shown.role_last_used = std::move(base.role_last_used);
  return shown;
}

void CopyPolicy(api::iam::Policy base, api::iam::ManagedPolicyDetail& shown) {
  shown.policy_name = std::move(base.policy_name);
  shown.policy_id = std::move(base.policy_id);
  shown.arn = std::move(base.arn);
  shown.path = std::move(base.path);
  shown.default_version_id = std::move(base.default_version_id);
  shown.attachment_count = base.attachment_count;
  shown.permissions_boundary_usage_count = base.permissions_boundary_usage_count;
  shown.is_attachable = base.is_attachable;
  shown.create_date = base.create_date;
  shown.update_date = base.update_date;
  shown.policy_version_list.emplace();
}

api::iam::ManagedPolicyDetail OwnPolicyDetails(const snapshot::AccountState& account,
                                               const entity::ManagedPolicy& policy) {
  api::iam::ManagedPolicyDetail shown;
  CopyPolicy(ShowPolicy(account, policy, Detail::kList), shown);
  for (auto it = policy.versions.rbegin(); it != policy.versions.rend(); ++it) {
    shown.policy_version_list->push_back({.document = ShowDocument(it->document->text()),
                                          .version_id = VersionName(it->number),
                                          .is_default_version = it->number == policy.default_version,
                                          .create_date = it->create_date});
  }
  return shown;
}

api::iam::ManagedPolicyDetail AwsPolicyDetails(const snapshot::AccountState& account,
                                               const std::string& arn) {
  api::iam::ManagedPolicyDetail shown;
  const auto policy = catalog::FindManagedPolicy(arn);
  if (!policy) return shown;
  CopyPolicy(ShowAwsPolicy(account, *policy, Detail::kList), shown);
  shown.policy_version_list->push_back({.document = ShowDocument(catalog::ManagedPolicyDocument(*policy)),
                                        .version_id = policy->VersionId(),
                                        .is_default_version = true,
                                        .create_date = policy->update_date});
  return shown;
}

// One entry of the whole listing; its key begins with the kind: users, groups, roles, own policies, AWS
// policies (which are named by their ARN).
using Item = std::variant<const entity::User*, const entity::Group*, const entity::Role*,
                          const entity::ManagedPolicy*, std::string>;
using Items = std::vector<std::pair<std::string, Item>>;

Items Gather(const snapshot::AccountState& account, const std::optional<std::vector<std::string>>& filter) {
  const auto wants = [&](std::string_view kind) {
    return !filter || filter->empty() || std::find(filter->begin(), filter->end(), kind) != filter->end();
  };
  Items items;
  const auto add_all = [&](const auto& map, char kind) {
    map.ForEach([&](const std::string& key, const auto& entity) {
      items.emplace_back(kind + key, Item(entity.get()));
    });
  };
  if (wants("User")) add_all(account.users(), '1');
  if (wants("Group")) add_all(account.groups(), '2');
  if (wants("Role")) add_all(account.roles(), '3');
  if (wants("LocalManagedPolicy")) add_all(account.policies(), '4');
  // Only those in use: the reference leaves open whether unattached AWS policies are listed.
  if (wants("AWSManagedPolicy")) {
    account.policy_usage().ForEach([&](const std::string& arn, const snapshot::PolicyUsage& usage) {
      if (catalog::IsManagedPolicyArn(arn) && usage.attachments + usage.boundaries > 0) {
        items.emplace_back("5" + arn, Item(arn));
      }
    });
  }
  return items;
}

// The instance profiles of each role.
class ProfilesByRole {
 public:
  explicit ProfilesByRole(const snapshot::AccountState& account) {
    account.instance_profiles().ForEach([&](const std::string&, const snapshot::InstanceProfilePtr& profile) {
      if (!profile->role_id.empty()) profiles_.emplace_back(profile->role_id, profile.get());
    });
    std::stable_sort(profiles_.begin(), profiles_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  std::vector<const entity::InstanceProfile*> Of(const std::string& role_id) const {
    std::vector<const entity::InstanceProfile*> of_role;
    auto it = std::lower_bound(profiles_.begin(), profiles_.end(), role_id,
                               [](const auto& entry, const std::string& id) { return entry.first < id; });
    for (; it != profiles_.end() && it->first == role_id; ++it) of_role.push_back(it->second);
    return of_role;
  }

 private:
  std::vector<std::pair<std::string, const entity::InstanceProfile*>> profiles_;  // by role id, then name
};

// Puts each kind into its list of the response.
struct Append {
  const ReadContext& context;
  const ProfilesByRole& profiles;
  api::iam::GetAccountAuthorizationDetailsResponse& response;

  void operator()(const entity::User* user) const {
    response.user_detail_list->push_back(UserDetails(context.account, *user));
  }
  void operator()(const entity::Group* group) const {
    response.group_detail_list->push_back(GroupDetails(context.account, *group));
  }
  void operator()(const entity::Role* role) const {
    response.role_detail_list->push_back(RoleDetails(context, *role, profiles.Of(role->id)));
  }
  void operator()(const entity::ManagedPolicy* policy) const {
    response.policies->push_back(OwnPolicyDetails(context.account, *policy));
  }
  void operator()(const std::string& aws_policy_arn) const {
    response.policies->push_back(AwsPolicyDetails(context.account, aws_policy_arn));
  }
};

ApiResult<api::iam::GetAccountAuthorizationDetailsResponse> GetAccountAuthorizationDetails(
    const ReadContext& context, const api::iam::GetAccountAuthorizationDetailsRequest& request) {
  std::string scope = "GetAccountAuthorizationDetails";
  for (const std::string& kind : request.filter.value_or(std::vector<std::string>())) scope += "|" + kind;
  api::iam::GetAccountAuthorizationDetailsResponse response;
  response.user_detail_list.emplace();
  response.group_detail_list.emplace();
  response.role_detail_list.emplace();
  response.policies.emplace();
  const ProfilesByRole profiles(context.account);
  const Append append{context, profiles, response};
  WK_ASSIGN(const PageEnd end, ListPage(context, PageRequest{scope, request.marker, request.max_items},
                                        Gather(context.account, request.filter),
                                        [&](const Item& item) { std::visit(append, item); }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterAuthorizationDetails(pipeline::Registry& registry) {
  registry.Read("iam", "GetAccountAuthorizationDetails", GetAccountAuthorizationDetails);
}

}  // namespace wardkeep::service::iam
