#include "service/iam/lookup.h"

#include "api/iam/errors.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {
namespace {

template <typename T>
ApiResult<const T*> OrMissing(const T* found, std::string_view what, std::string_view name) {
  if (found != nullptr) return found;
  return api::iam::NoSuchEntity("The " + std::string(what) + " with name " + std::string(name) +
                                " cannot be found.");
}

}  // namespace

ApiResult<const entity::User*> RequireUser(const snapshot::AccountState& account, std::string_view name) {
  return OrMissing(account.FindUser(name), "user", name);
}

ApiResult<const entity::Group*> RequireGroup(const snapshot::AccountState& account, std::string_view name) {
  return OrMissing(account.FindGroup(name), "group", name);
}

ApiResult<const entity::Role*> RequireRole(const snapshot::AccountState& account, std::string_view name) {
  return OrMissing(account.FindRole(name), "role", name);
}

ApiResult<const entity::InstanceProfile*> RequireInstanceProfile(const snapshot::AccountState& account,
                                                                 std::string_view name) {
  if (const entity::InstanceProfile* found = account.FindInstanceProfile(name)) return found;
  return api::iam::NoSuchEntity("Instance Profile " + std::string(name) + " cannot be found.");
}

ApiResult<const entity::OidcProvider*> RequireOidcProvider(const snapshot::AccountState& account,
                                                           std::string_view arn) {
  if (const entity::OidcProvider* found = account.FindOidcProviderByArn(arn)) return found;
  return api::iam::NoSuchEntity("OpenIDConnect Provider not found for arn " + std::string(arn));
}

ApiResult<const entity::SamlProvider*> RequireSamlProvider(const snapshot::AccountState& account,
                                                           std::string_view arn) {
  if (const entity::SamlProvider* found = account.FindSamlProviderByArn(arn)) return found;
  return api::iam::NoSuchEntity("Manifest not found for arn " + std::string(arn));
}

ApiResult<const entity::ServerCertificate*> RequireServerCertificate(const snapshot::AccountState& account,
                                                                     std::string_view name) {
  if (const entity::ServerCertificate* found = account.FindServerCertificate(name)) return found;
  return api::iam::NoSuchEntity("The Server Certificate with name " + std::string(name) +
                                " cannot be found.");
}

ApiResult<const entity::ManagedPolicy*> RequireOwnPolicy(const snapshot::AccountState& account,
                                                         std::string_view arn) {
  if (const entity::ManagedPolicy* found = account.FindPolicyByArn(arn)) return found;
  const auto parts = entity::SplitArn(arn);
  if (parts && parts->account == "aws") {
    return api::AccessDenied("Cannot update policies outside your own account.");
  }
  return api::iam::NoSuchEntity("Policy " + std::string(arn) + " was not found.");
}

ApiResult<const entity::User*> NamedOrCallingUser(const pipeline::OperationContext& context,
                                                  const snapshot::AccountState& account,
                                                  const std::optional<std::string>& name) {
  if (name) return RequireUser(account, *name);
  if (!context.caller.is_iam_user() || context.caller.user == nullptr) {
    return api::ValidationError("Must specify userName when calling with non-User credentials");
  }
  // By id: the user may have been renamed since the caller was authenticated, or deleted and another made of
  // that name.
  return OrMissing(account.FindUserById(context.caller.user->id), "user", context.caller.user->name);
}

ApiResult<const entity::Role*> RequireModifiableRole(const snapshot::AccountState& account,
                                                     std::string_view name) {
  WK_ASSIGN(const entity::Role* role, RequireRole(account, name));
  if (!role->is_service_linked()) return role;
  return api::iam::UnmodifiableEntity("Cannot perform the operation on the protected role '" + role->name +
                                      "' - this role is only modifiable by AWS");
}

}  // namespace wardkeep::service::iam
