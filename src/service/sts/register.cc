#include "service/sts/register.h"

#include "service/sts/assume_role.h"
#include "service/sts/delegated_access.h"
#include "service/sts/identity.h"
#include "service/sts/scoped_credentials.h"
#include "service/sts/user_sessions.h"
#include "service/sts/web_identity_token.h"

namespace wardkeep::service::sts {

void RegisterAll(pipeline::Registry& registry) {
  RegisterIdentity(registry);
  RegisterAssumeRole(registry);
  RegisterUserSessions(registry);
  RegisterScopedCredentials(registry);
  RegisterDelegatedAccess(registry);
  RegisterWebIdentityToken(registry);
}

}  // namespace wardkeep::service::sts
