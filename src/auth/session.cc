#include "auth/session.h"

namespace wardkeep::auth {

Session CopyWithoutCredentials(const Session& from) {
  Session to;
  to.kind = from.kind;
  to.account_id = from.account_id;
  to.principal_id = from.principal_id;
  to.role_name = from.role_name;
  to.role_path = from.role_path;
  to.user_name = from.user_name;
  to.session_name = from.session_name;
  to.session_policy = from.session_policy;
  to.session_policy_arns = from.session_policy_arns;
  to.scope_policies = from.scope_policies;
  to.tags = from.tags;
  to.transitive_tag_keys = from.transitive_tag_keys;
  to.source_identity = from.source_identity;
  to.mfa_authenticated = from.mfa_authenticated;
  to.mfa_at = from.mfa_at;
  to.is_chained = from.is_chained;
  to.federated_provider = from.federated_provider;
  to.is_root = from.is_root;
  to.is_console = from.is_console;
  to.sign_in = from.sign_in;
  to.delegation = from.delegation;
  to.ends_by = from.ends_by;
  to.earlier_roles = from.earlier_roles;
  return to;
}

}  // namespace wardkeep::auth
