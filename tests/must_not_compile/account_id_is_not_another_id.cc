// Ids of different kinds do not mix.
#include "base/account_id.h"

struct UserIdTag;
using UserId = wardkeep::base::StrongId<UserIdTag>;

void Load(const wardkeep::base::AccountId& id);

void Run(const UserId& user, const wardkeep::base::AccountId& account) {
  (void)user;
#ifdef MISUSE
  Load(user);  // REFUSED
#endif
  Load(account);
}
