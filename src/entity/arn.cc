#include "entity/arn.h"

namespace wardkeep::entity {
namespace {

std::string Prefix(std::string_view service, const base::AccountId& account) {
  std::string arn = "arn:";
  arn.append(kPartition).append(":").append(service).append("::").append(account.value()).append(":");
  return arn;
}

}  // namespace

std::string RootArn(const base::AccountId& account) {
  return Prefix("iam", account) + "root";
}

std::string EntityArn(const base::AccountId& account, std::string_view kind, std::string_view path,
                      std::string_view name) {
  return Prefix("iam", account).append(kind).append(path).append(name);
}

std::string AssumedRoleArn(const base::AccountId& account, std::string_view role_name,
                           std::string_view session) {
  return Prefix("sts", account).append("assumed-role/").append(role_name).append("/").append(session);
}

std::string FederatedUserArn(const base::AccountId& account, std::string_view name) {
  return Prefix("sts", account).append("federated-user/").append(name);
}

std::string NameInArn(std::string_view arn) {
  return std::string(arn.substr(arn.rfind('/') + 1));
}

std::optional<ArnParts> SplitArn(std::string_view arn) {
  std::string_view parts[5];
  for (auto& part : parts) {
    const auto colon = arn.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = arn.substr(0, colon);
    arn.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn") return std::nullopt;
  return ArnParts{parts[1], parts[2], parts[3], parts[4], arn};
}

std::optional<EntityName> SplitEntityResource(std::string_view resource) {
  const auto first = resource.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const auto last = resource.rfind('/');
  EntityName parts;
  parts.kind = resource.substr(0, first);
  parts.path = std::string(resource.substr(first, last - first + 1));
  parts.name = resource.substr(last + 1);
  if (parts.kind.empty() || parts.name.empty()) return std::nullopt;
  return parts;
}

}  // namespace wardkeep::entity
