#include "service/iam/views.h"

namespace wardkeep::service::iam {

std::optional<api::iam::AttachedPermissionsBoundary> ShowBoundary(const std::string& policy_arn) {
  if (policy_arn.empty()) return std::nullopt;
  return api::iam::AttachedPermissionsBoundary{.permissions_boundary_type = "Policy",
                                               .permissions_boundary_arn = policy_arn};
}

std::optional<std::vector<api::iam::Tag>> ShowTags(const entity::Tags& tags) {
  if (tags.empty()) return std::nullopt;
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
  if (detail == Detail::kFull) {
    shown.permissions_boundary = ShowBoundary(user.permissions_boundary);
    shown.tags = ShowTags(user.tags);
  }
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

}  // namespace wardkeep::service::iam
