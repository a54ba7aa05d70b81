#include "pipeline/credentials.h"

#include <algorithm>
#include <utility>

#include "api/api_error.h"
#include "auth/access_key_id.h"
#include "entity/arn.h"
#include "pipeline/console_sessions.h"

namespace wardkeep::pipeline {
namespace {

using auth::SessionKind;
using policy::PrincipalKind;

const entity::AccessKey* FindKey(const std::vector<entity::AccessKey>& keys, std::string_view id) {
  const auto it =
      std::find_if(keys.begin(), keys.end(), [&](const entity::AccessKey& key) { return key.id == id; });
  return it == keys.end() ? nullptr : &*it;
}

void SetRoot(CallerIdentity& identity) {
  identity.principal.kind = PrincipalKind::kRoot;
  identity.principal.arn = entity::RootArn(identity.account_id);
  identity.user_id = identity.account_id.value();
}

void SetUser(CallerIdentity& identity, const entity::User& user) {
  identity.user = &user;
  identity.principal.kind = PrincipalKind::kUser;
  identity.principal.arn = identity.account->UserArn(user);
  identity.principal.entity_id = user.id;
  identity.user_id = user.id;
}

// A store that fails must not look like a key that is unknown: clients throw such keys away.
auth::AuthError ServerFault() {
  api::ApiError fault = api::InternalFailure();
  return {.code = "InternalFailure",
          .http_status = fault.http_status,
          .message = std::move(fault.message),
          .check = {}};
}

// The reason is in the log of the server, once; whoever holds the key can do nothing but ask.
auth::AuthError DamagedAccount(const base::AccountId& account) {
  auth::AuthError fault = ServerFault();
  fault.message = "The stored data of account " + account.value() +
                  " is damaged. Nothing was read or changed. Ask the operator of this server.";
  return fault;
}

}  // namespace

snapshot::AccountStatePtr Credentials::FindAccount(const base::AccountId& id) {
  auto account = services_.directory.Get(id);
  if (account) return std::move(account).value();
  if (account.error().code == base::ErrorCode::kCorrupt) {
    damaged_ = id;
  } else if (account.error().code != base::ErrorCode::kNotFound) {
    fault_ = account.error().ToString();
  }
  return nullptr;
}

base::Result<base::Secret, auth::AuthError> Credentials::FindSecret(const auth::CredentialQuery& query) {
  const auto parsed = auth::ParseAccessKeyId(query.access_key_id);
  snapshot::AccountStatePtr account;
  if (parsed) account = FindAccount(parsed->account_id);
  const bool temporary = parsed && parsed->kind == auth::AccessKeyKind::kTemporary;
  if (!temporary) {
    // Keys given at bootstrap need not carry the account in their id.
    if (account == nullptr ||
        (account->FindKeyOwner(query.access_key_id) == nullptr &&
         FindKey(account->account().root_access_keys, query.access_key_id) == nullptr)) {
      const auto owner = services_.directory.FindForeignKey(query.access_key_id);
      account = owner ? FindAccount(*owner) : nullptr;
    }
  }
  if (account == nullptr && damaged_) return DamagedAccount(*damaged_);
  if (account == nullptr && !fault_.empty()) return ServerFault();
  if (account == nullptr || temporary != query.security_token.has_value())
    return auth::InvalidClientTokenId();
  if (IsClosed(*account)) return auth::InvalidClientTokenId();
  identity_.account = account;
  identity_.account_id = account->id();
  identity_.access_key_id = std::string(query.access_key_id);
  identity_.principal.account_id = account->id().value();
  return temporary ? FindTemporary(query, account) : FindLongTerm(query.access_key_id, account);
}

base::Result<base::Secret, auth::AuthError> Credentials::FindLongTerm(
    std::string_view access_key_id, const snapshot::AccountStatePtr& account) {
  if (const entity::User* user = account->FindKeyOwner(access_key_id)) {
    SetUser(identity_, *user);
    const entity::AccessKey* key = FindKey(user->access_keys, access_key_id);
    return key == nullptr ? Found(auth::InvalidClientTokenId()) : Unseal(*key);
  }
  const entity::AccessKey* root_key = FindKey(account->account().root_access_keys, access_key_id);
  if (root_key == nullptr) return auth::InvalidClientTokenId();
  SetRoot(identity_);
  return Unseal(*root_key);
}

base::Result<base::Secret, auth::AuthError> Credentials::Unseal(const entity::AccessKey& key) {
  if (key.status != entity::KeyStatus::kActive) return auth::InvalidClientTokenId();
  auto secret = services_.secrets.Open(key);
  if (!secret) return auth::InvalidClientTokenId();  // sealed with another master key
  return std::move(*secret);
}

base::Result<base::Secret, auth::AuthError> Credentials::FindTemporary(
    const auth::CredentialQuery& query, const snapshot::AccountStatePtr& account) {
  auto session = services_.keys.session_tokens.Open(query.access_key_id, *query.security_token);
  if (!session || session->account_id != account->id()) return auth::InvalidClientTokenId();
  if (session->IsExpired(now_)) return auth::ExpiredToken();
  bool lives = false;
  if (session->is_root) {
    SetRoot(identity_);
    identity_.principal.is_assumed_root = session->kind == SessionKind::kAssumedRoot;
    lives = true;
  } else if (session->kind == SessionKind::kSessionToken || session->kind == SessionKind::kFederationToken) {
    lives = FillUser(*session);
  } else if (session->kind == SessionKind::kDelegated) {
    lives = session->role_name.empty() ? FillUser(*session) : FillRole(*session);
    identity_.principal.is_narrowed = true;
  } else {
    lives = FillRole(*session);
  }
  if (!lives) return auth::InvalidClientTokenId();
  const bool stands = OriginStands(*session);
  if (!fault_.empty()) return ServerFault();
  if (!stands) return auth::InvalidClientTokenId();
  if (session->kind == SessionKind::kFederationToken) {
    identity_.principal.kind = PrincipalKind::kFederatedUser;
    identity_.principal.entity_arn = session->is_root ? std::string() : identity_.principal.arn;
    identity_.principal.arn = entity::FederatedUserArn(account->id(), session->session_name);
    identity_.user_id = account->id().value() + ":" + session->session_name;
  }
  base::Secret secret = session->secret.Clone();
  identity_.session = std::move(*session);
  return secret;
}

// The sign-in or delegation that the session comes from may be of another account.
bool Credentials::OriginStands(const auth::Session& session) {
  if (!OriginLives(*identity_.account, session)) return false;
  if (session.sign_in && session.sign_in->account_id != identity_.account_id) {
    const snapshot::AccountStatePtr account = FindAccount(session.sign_in->account_id);
    if (account == nullptr || !SignInLives(*account, *session.sign_in)) return false;
  }
  if (session.delegation && session.delegation->account_id != identity_.account_id) {
    const snapshot::AccountStatePtr account = FindAccount(session.delegation->account_id);
    if (account == nullptr || !DelegationLives(*account, *session.delegation)) return false;
  }
  return true;
}

// By unique id, not by name: a re-created user is another user, and its predecessor's sessions are dead.
bool Credentials::FillUser(const auth::Session& session) {
  const entity::User* user = identity_.account->FindUserById(session.principal_id);
  if (user == nullptr) return false;
  SetUser(identity_, *user);
  return true;
}

bool Credentials::FillRole(const auth::Session& session) {
  const entity::Role* role = identity_.account->FindRoleById(session.principal_id);
  if (role == nullptr) return false;
  identity_.role = role;
  identity_.principal.kind = PrincipalKind::kRoleSession;
  identity_.principal.arn = entity::AssumedRoleArn(identity_.account_id, role->name, session.session_name);
  identity_.principal.entity_arn = identity_.account->RoleArn(*role);
  identity_.principal.entity_id = role->id;
  identity_.principal.is_service_linked_role = role->is_service_linked();
  identity_.user_id = role->id + ":" + session.session_name;
  return true;
}

}  // namespace wardkeep::pipeline
