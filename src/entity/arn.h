// ARNs of IAM and STS entities (data-formats section 1), built and taken apart in one place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"

namespace wardkeep::entity {

inline constexpr std::string_view kPartition = "aws";

std::string RootArn(const base::AccountId& account);
// kind is "user", "group", "role", "policy", "instance-profile", ...; path begins and ends with '/'.
std::string EntityArn(const base::AccountId& account, std::string_view kind, std::string_view path,
                      std::string_view name);
std::string AssumedRoleArn(const base::AccountId& account, std::string_view role_name,
                           std::string_view session);
std::string FederatedUserArn(const base::AccountId& account, std::string_view name);

// What stands behind the last '/' of the ARN of an entity.
std::string NameInArn(std::string_view arn);

// The parts of an ARN; views into the given text. nullopt unless there are six components starting with
// "arn".
struct ArnParts {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;
};
std::optional<ArnParts> SplitArn(std::string_view arn);

// Resource part "user/div/bob" as kind "user", path "/div/", name "bob"; nullopt without a '/' or with an
// empty name.
struct EntityName {
  std::string_view kind;
  std::string path;
  std::string_view name;
};
std::optional<EntityName> SplitEntityResource(std::string_view resource);

}  // namespace wardkeep::entity
