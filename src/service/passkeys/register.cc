#include "service/passkeys/register.h"

#include "service/passkeys/assertion.h"
#include "service/passkeys/registration.h"

namespace wardkeep::service::passkeys {

void RegisterAll(pipeline::Registry& registry) {
  RegisterRegistration(registry);
  RegisterAssertion(registry);
}

}  // namespace wardkeep::service::passkeys
