// Entities by the names in a request, or NoSuchEntity with AWS's text (data-formats section 16).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/api_error.h"
#include "base/result.h"
#include "pipeline/operation_context.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::iam {

template <typename T>
using ApiResult = base::Result<T, api::ApiError>;

ApiResult<const entity::User*> RequireUser(const snapshot::AccountState& account, std::string_view name);
ApiResult<const entity::Group*> RequireGroup(const snapshot::AccountState& account, std::string_view name);
ApiResult<const entity::Role*> RequireRole(const snapshot::AccountState& account, std::string_view name);
ApiResult<const entity::InstanceProfile*> RequireInstanceProfile(const snapshot::AccountState& account,
                                                                 std::string_view name);
// By ARN, in this account.
ApiResult<const entity::OidcProvider*> RequireOidcProvider(const snapshot::AccountState& account,
                                                           std::string_view arn);
ApiResult<const entity::SamlProvider*> RequireSamlProvider(const snapshot::AccountState& account,
                                                           std::string_view arn);
ApiResult<const entity::ServerCertificate*> RequireServerCertificate(const snapshot::AccountState& account,
                                                                     std::string_view name);
// A customer managed policy, by an ARN whose form the pipeline has checked. AccessDenied for a policy of AWS,
// which nobody can change.
ApiResult<const entity::ManagedPolicy*> RequireOwnPolicy(const snapshot::AccountState& account,
                                                         std::string_view arn);

// The user named in the request, or the calling IAM user when there is no name
// (ValidationError "Must specify userName when calling with non-User credentials" for everyone else).
ApiResult<const entity::User*> NamedOrCallingUser(const pipeline::OperationContext& context,
                                                  const snapshot::AccountState& account,
                                                  const std::optional<std::string>& name);

// UnmodifiableEntity for a service-linked role.
ApiResult<const entity::Role*> RequireModifiableRole(const snapshot::AccountState& account,
                                                     std::string_view name);

}  // namespace wardkeep::service::iam
