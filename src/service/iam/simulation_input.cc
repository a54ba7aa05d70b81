#include "service/iam/simulation_input.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "api/iam/errors.h"
#include "base/join.h"
#include "base/time_text.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {
namespace {

// A service and a name. Stars are taken as they stand: `s3:*` is allowed by what allows that very text
// (api-surface.md, Simulator).
bool IsActionName(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != 0 && colon != std::string_view::npos && colon + 1 < text.size() &&
         text.find(' ') == std::string_view::npos;
}

// The resource types of ec2:RunInstances, by scenario.
struct HandlingRow {
  std::string_view option;
  std::span<const std::string_view> types;
};
constexpr std::array<std::string_view, 6> kEc2Types = {"image",          "instance", "network-interface",
                                                       "security-group", "subnet",   "volume"};
constexpr std::array<std::string_view, 5> kEc2WithVolume = {"image", "instance", "network-interface",
                                                            "security-group", "volume"};
constexpr std::array<HandlingRow, 4> kHandling = {{
    {"EC2-VPC-InstanceStore", std::span(kEc2Types).first<4>()},
    {"EC2-VPC-InstanceStore-Subnet", std::span(kEc2Types).first<5>()},
    {"EC2-VPC-EBS", kEc2WithVolume},
    {"EC2-VPC-EBS-Subnet", kEc2Types},
}};

bool IsOfEc2Type(const std::string& arn, std::string_view type) {
  const auto parts = entity::SplitArn(arn);
  if (!parts || parts->service != "ec2") return false;
  return parts->resource.starts_with(std::string(type) + "/");
}

}  // namespace

ApiResult<void> CheckActionNames(const std::vector<std::string>& actions) {
  if (actions.empty()) return api::iam::InvalidInput("At least one action name must be specified.");
  std::vector<std::string> wrong;
  std::ranges::copy_if(actions, std::back_inserter(wrong),
                       [](const auto& name) { return !IsActionName(name); });
  if (wrong.empty()) return {};
  return api::iam::InvalidInput("ActionNames are not in a valid format: " + base::Join(wrong, ", ") + ".");
}

ApiResult<void> CheckResourceArns(const std::vector<std::string>& resources) {
  std::vector<std::string> wrong;
  std::ranges::copy_if(resources, std::back_inserter(wrong), [](const std::string& resource) {
    return resource != "*" && !entity::SplitArn(resource).has_value();
  });
  if (wrong.empty()) return {};
  return api::iam::InvalidInput("ResourceNames are not in a valid ARN format: " + base::Join(wrong, ", ") +
                                ".");
}

ApiResult<void> CheckResourceHandling(const std::string& option, const std::vector<std::string>& resources) {
  const auto row = std::ranges::find(kHandling, option, &HandlingRow::option);
  if (row == kHandling.end()) {
    return api::iam::InvalidInput("'" + option + "' is not a valid resource handling option.");
  }
  std::vector<std::string> missing;
  for (const std::string_view type : row->types) {
    const bool given =
        std::ranges::any_of(resources, [&](const auto& arn) { return IsOfEc2Type(arn, type); });
    if (!given) missing.emplace_back(type);
  }
  if (missing.empty()) return {};
  return api::iam::InvalidInput("Resource handling option " + option + " requires resources of type " +
                                base::Join(missing, ", ") + ".");
}

ApiResult<std::string> ReadResourceOwner(const std::string& owner) {
  if (base::IsAccountId(owner)) return owner;
  const auto parts = entity::SplitArn(owner);
  if (parts && base::IsAccountId(parts->account)) return std::string(parts->account);
  return api::iam::InvalidInput("'" + owner + "' is not a valid as a Resource Owner.");
}

ApiResult<policy::Principal> ReadCallerArn(const std::string& arn) {
  const auto parts = entity::SplitArn(arn);
  const auto name = parts ? entity::SplitEntityResource(parts->resource) : std::nullopt;
  if (!name || name->kind != "user" || parts->service != "iam" || !base::IsAccountId(parts->account)) {
    return api::iam::InvalidInput("'" + arn +
                                  "' is not valid as a Caller: it must be the ARN of an IAM user.");
  }
  policy::Principal principal;
  principal.kind = policy::PrincipalKind::kUser;
  principal.account_id = parts->account;
  principal.arn = arn;
  return principal;
}

policy::Principal PrincipalOf(const snapshot::AccountState& account, const Entity& entity) {
  policy::Principal principal;
  principal.kind = policy::PrincipalKind::kUser;
  principal.account_id = account.id().value();
  if (entity.user != nullptr) {
    principal.arn = account.UserArn(*entity.user);
    principal.entity_id = entity.user->id;
  } else if (entity.role != nullptr) {
    principal.kind = policy::PrincipalKind::kRoleSession;
    principal.entity_arn = account.RoleArn(*entity.role);
    principal.arn = principal.entity_arn;  // no session in particular
    principal.entity_id = entity.role->id;
    principal.is_service_linked_role = !entity.role->linked_service.empty();
  }
  return principal;
}

policy::RequestContext PrincipalContext(const pipeline::OperationContext& context,
                                        const snapshot::AccountState& account,
                                        const policy::Principal& principal) {
  policy::RequestContext keys;
  keys.Set("aws:CurrentTime", base::FormatIso8601(context.now));
  keys.Set("aws:EpochTime", std::to_string(base::ToUnixSeconds(context.now)));
  keys.Set("aws:PrincipalAccount", principal.account_id);
  if (principal.arn.empty()) return keys;
  policy::Principal known = principal;
  entity::Tags tags;
  const auto parts = entity::SplitArn(principal.arn);
  const auto name = entity::SplitEntityResource(parts->resource);
  if (principal.kind == policy::PrincipalKind::kRoleSession) {
    if (const entity::Role* role = account.FindRole(name->name)) tags = role->tags;
  } else if (const entity::User* user = account.FindUser(name->name);
             user != nullptr && account.UserArn(*user) == principal.arn) {
    known.entity_id = user->id;
    tags = user->tags;
  }
  policy::FillPrincipalKeys(known, tags, keys);
  return keys;
}

}  // namespace wardkeep::service::iam
