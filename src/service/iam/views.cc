#include "service/iam/views.h"

#include "entity/arn.h"
#include "service/iam/policy_input.h"
#include "snapshot/principal_resolution.h"

namespace wardkeep::service::iam {

std::optional<api::iam::AttachedPermissionsBoundary> ShowBoundary(const std::string& policy_arn) {
  if (policy_arn.empty()) return std::nullopt;
  return api::iam::AttachedPermissionsBoundary{.permissions_boundary_type = "Policy",
                                               .permissions_boundary_arn = policy_arn};
}

std::optional<std::vector<api::iam::Tag>> ShowTags(const entity::Tags& tags) {
  if (tags.empty()) return std::nullopt;
  return ShowTagsAlways(tags);
}

std::vector<api::iam::Tag> ShowTagsAlways(const entity::Tags& tags) {
  std::vector<api::iam::Tag> shown;
  for (const auto& [key, value] : tags) shown.push_back({.key = key, .value = value});
  return shown;
}

api::iam::User ShowUser(const snapshot::AccountState& account, const entity::User& user, Detail detail) {
  api::iam::User shown;
  shown.path = user.path;
  shown.user_name = user.name;
  shown.user_id = user.id;
  shown.arn = account.UserArn(user);
  shown.create_date = user.create_date;
  shown.password_last_used = user.password_last_used;
  if (detail != Detail::kList) {
    shown.permissions_boundary = ShowBoundary(user.permissions_boundary);
    shown.tags = ShowTags(user.tags);
  }
  return shown;
}

api::iam::User ShowRootUser(const snapshot::AccountState& account) {
  api::iam::User shown;
  shown.user_id = account.id().value();
  shown.arn = entity::RootArn(account.id());
  shown.create_date = account.account().create_date;
  return shown;
}

api::iam::Group ShowGroup(const snapshot::AccountState& account, const entity::Group& group) {
  api::iam::Group shown;
  shown.path = group.path;
  shown.group_name = group.name;
  shown.group_id = group.id;
  shown.arn = account.GroupArn(group);
  shown.create_date = group.create_date;
  return shown;
}

api::iam::Role ShowRole(const pipeline::OperationContext& context, const snapshot::AccountState& account,
                        const entity::Role& role, Detail detail) {
  api::iam::Role shown;
  shown.path = role.path;
  shown.role_name = role.name;
  shown.role_id = role.id;
  shown.arn = account.RoleArn(role);
  shown.create_date = role.create_date;
  const auto find = [&](const base::AccountId& id) { return context.services.directory.Find(id); };
  shown.assume_role_policy_document = ShowDocument(snapshot::ShowPrincipals(role, account, find));
  if (detail == Detail::kList || detail == Detail::kFull) {
    if (role.has_description) shown.description = role.description;
    shown.max_session_duration = role.max_session_duration;
  }
  if (detail != Detail::kPart) shown.max_signin_session_duration = role.max_signin_session_duration;
  if (detail == Detail::kCreated || detail == Detail::kFull) {
    shown.permissions_boundary = ShowBoundary(role.permissions_boundary);
    shown.tags = ShowTags(role.tags);
  }
  if (detail == Detail::kFull) {
    shown.role_last_used.emplace();
    if (const auto usage = context.services.usage.RoleUsage(role.id)) {
      shown.role_last_used->last_used_date = usage->date;
      shown.role_last_used->region = usage->region;
    }
  }
  return shown;
}

std::string VersionName(uint32_t number) {
  return "v" + std::to_string(number);
}

api::iam::Policy ShowPolicy(const snapshot::AccountState& account, const entity::ManagedPolicy& policy,
                            Detail detail) {
  api::iam::Policy shown;
  shown.policy_name = policy.name;
  shown.policy_id = policy.id;
  shown.arn = account.PolicyArn(policy);
  shown.path = policy.path;
  shown.default_version_id = VersionName(policy.default_version);
  const snapshot::PolicyUsage usage = account.UsageOf(*shown.arn);
  shown.attachment_count = usage.attachments;
  shown.permissions_boundary_usage_count = usage.boundaries;
  shown.is_attachable = true;
  shown.create_date = policy.create_date;
  shown.update_date = policy.update_date;
  if (detail == Detail::kFull && !policy.description.empty()) shown.description = policy.description;
  if (detail == Detail::kFull) shown.tags = ShowTagsAlways(policy.tags);
  if (detail == Detail::kCreated) shown.tags = ShowTags(policy.tags);
  return shown;
}

api::iam::Policy ShowAwsPolicy(const snapshot::AccountState& account,
                               const catalog::ManagedPolicyEntry& policy, Detail detail) {
  api::iam::Policy shown;
  shown.policy_name = std::string(policy.name);
  shown.policy_id = std::string(policy.id);
  shown.arn = policy.Arn();
  shown.path = std::string(policy.path);
  shown.default_version_id = policy.VersionId();
  const snapshot::PolicyUsage usage = account.UsageOf(*shown.arn);
  shown.attachment_count = usage.attachments;
  shown.permissions_boundary_usage_count = usage.boundaries;
  shown.is_attachable = true;
  shown.create_date = policy.create_date;
  shown.update_date = policy.update_date;
  if (detail == Detail::kFull) shown.tags.emplace();
  return shown;
}

api::iam::InstanceProfile ShowInstanceProfile(const pipeline::OperationContext& context,
                                              const snapshot::AccountState& account,
                                              const entity::InstanceProfile& profile, Detail detail) {
  api::iam::InstanceProfile shown;
  shown.path = profile.path;
  shown.instance_profile_name = profile.name;
  shown.instance_profile_id = profile.id;
  shown.arn = account.InstanceProfileArn(profile);
  shown.create_date = profile.create_date;
  shown.roles.emplace();
  if (const entity::Role* role = account.FindRoleById(profile.role_id)) {
    shown.roles->push_back(ShowRole(context, account, *role, Detail::kPart));
  }
  if (detail == Detail::kFull) shown.tags = ShowTagsAlways(profile.tags);
  if (detail == Detail::kCreated) shown.tags = ShowTags(profile.tags);
  return shown;
}

}  // namespace wardkeep::service::iam
