// CallerIdentity: who signed a request, as the authentication stage found it. Changed afterwards only by
// MoveTo, when the account has moved on before the request's write.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/session.h"
#include "base/account_id.h"
#include "snapshot/account_state.h"
#include "wardkeep/request.h"

namespace wardkeep::pipeline {

struct CallerIdentity {
  policy::Principal principal;  // for the evaluator; principal.arn is the ARN shown to people
  base::AccountId account_id;
  snapshot::AccountStatePtr account;  // the caller's account, pinned for the whole request
  std::string user_id;                // aws:userid, and UserId of GetCallerIdentity
  std::string access_key_id;
  std::optional<auth::Session> session;  // set for temporary credentials
  std::optional<base::Instant> mfa_at;   // set when this request itself carried a valid one-time code

  // The user behind the credentials: the IAM user itself, or the parent of a federated user. Null for root
  // and roles.
  const entity::User* user = nullptr;  // points into *account
  const entity::Role* role = nullptr;  // of a role session; points into *account

  // Makes this the same caller in a newer state of its account; false, and nothing changed, when the user,
  // role or key is no longer there or no longer active. What points into the former state must not be used
  // afterwards.
  bool MoveTo(snapshot::AccountStatePtr newer);

  bool is_root() const { return principal.kind == policy::PrincipalKind::kRoot; }
  bool is_iam_user() const { return principal.kind == policy::PrincipalKind::kUser; }
  bool is_temporary() const { return session.has_value(); }
};

}  // namespace wardkeep::pipeline
