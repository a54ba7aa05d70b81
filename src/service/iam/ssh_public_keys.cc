#include "service/iam/ssh_public_keys.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/assert.h"
#include "certificate/ssh_public_key.h"
#include "entity/credential_id.h"
#include "service/iam/key_status.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using certificate::SshKeyFault;
using pipeline::ReadContext;
using pipeline::WriteContext;
using Keys = std::vector<entity::SshPublicKey>;

ApiResult<certificate::SshPublicKey> ReadKey(const std::string& body) {
  auto key = certificate::SshPublicKey::Read(body);
  if (key) return std::move(key).value();
  if (key.error() == SshKeyFault::kEncoding) {
    return api::iam::UnrecognizedPublicKeyEncoding(
        "The public key encoding format is unsupported or unrecognized.");
  }
  return api::iam::InvalidPublicKey("The public key is malformed or otherwise invalid.");
}

ApiResult<const entity::SshPublicKey*> FindKey(const entity::User& user, const std::string& id) {
  for (const entity::SshPublicKey& key : user.ssh_public_keys) {
    if (key.id == id) return &key;
  }
  return api::iam::NoSuchEntity("The Public Key with id " + id + " cannot be found.");
}

api::iam::SSHPublicKey Show(const entity::User& user, const entity::SshPublicKey& key, bool as_pem) {
  const auto parsed = certificate::SshPublicKey::FromWire(key.wire);
  WK_ASSERT(parsed.has_value());  // it was checked when it was uploaded
  return {.user_name = user.name,
          .ssh_public_key_id = key.id,
          .fingerprint = parsed->Fingerprint(),
          .ssh_public_key_body = as_pem ? parsed->Pem() : parsed->OpenSsh(),
          .status = StatusText(key.status),
          .upload_date = key.upload_date};
}

// The body is shown in the encoding it came in, without the comment, which AWS does not keep.
ApiResult<api::iam::UploadSSHPublicKeyResponse> UploadSSHPublicKey(
    WriteContext& context, const api::iam::UploadSSHPublicKeyRequest& request) {
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  WK_ASSIGN(const certificate::SshPublicKey parsed, ReadKey(*request.ssh_public_key_body));
  const bool known = std::any_of(found->ssh_public_keys.begin(), found->ssh_public_keys.end(),
                                 [&](const auto& key) { return key.wire == parsed.wire(); });
  if (known) {
    return api::iam::DuplicateSSHPublicKey(
        "The SSH public key is already associated with the specified IAM user.");
  }
  WK_TRY(CheckQuota(context, entity::Quota::kSshPublicKeysPerUser, found->ssh_public_keys.size()));
  entity::User user = *found;
  user.ssh_public_keys.push_back(
      {.id = entity::MakeCredentialId(entity::CredentialKind::kSshPublicKey, context.services.rng),
       .wire = parsed.wire(),
       .upload_date = context.now});
  api::iam::UploadSSHPublicKeyResponse response;
  const bool as_pem = request.ssh_public_key_body->find("-----BEGIN ") != std::string::npos;
  response.ssh_public_key = Show(user, user.ssh_public_keys.back(), as_pem);
  context.edit.PutUser(std::move(user));
  return response;
}

ApiResult<api::iam::GetSSHPublicKeyResponse> GetSSHPublicKey(
    const ReadContext& context, const api::iam::GetSSHPublicKeyRequest& request) {
  WK_ASSIGN(const entity::User* user, RequireUser(context.account, *request.user_name));
  WK_ASSIGN(const entity::SshPublicKey* key, FindKey(*user, *request.ssh_public_key_id));
  api::iam::GetSSHPublicKeyResponse response;
  response.ssh_public_key = Show(*user, *key, *request.encoding == "PEM");
  return response;
}

ApiResult<api::iam::ListSSHPublicKeysResponse> ListSSHPublicKeys(
    const ReadContext& context, const api::iam::ListSSHPublicKeysRequest& request) {
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, context.account, request.user_name));
  std::vector<std::pair<std::string, const entity::SshPublicKey*>> keys;
  for (const entity::SshPublicKey& key : user->ssh_public_keys) keys.emplace_back(key.id, &key);
  std::sort(keys.begin(), keys.end());
  api::iam::ListSSHPublicKeysResponse response;
  response.ssh_public_keys.emplace();
  const PageRequest page{"ListSSHPublicKeys|" + user->id, request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, keys, [&](const entity::SshPublicKey* key) {
              response.ssh_public_keys->push_back({.user_name = user->name,
                                                   .ssh_public_key_id = key->id,
                                                   .status = StatusText(key->status),
                                                   .upload_date = key->upload_date});
            }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateSSHPublicKeyResponse> UpdateSSHPublicKey(
    WriteContext& context, const api::iam::UpdateSSHPublicKeyRequest& request) {
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  WK_TRY(FindKey(*found, *request.ssh_public_key_id));
  WK_ASSIGN(const entity::KeyStatus status, ReadStatus(*request.status));
  entity::User user = *found;
  for (entity::SshPublicKey& key : user.ssh_public_keys) {
    if (key.id == *request.ssh_public_key_id) key.status = status;
  }
  context.edit.PutUser(std::move(user));
  return api::iam::UpdateSSHPublicKeyResponse{};
}

ApiResult<api::iam::DeleteSSHPublicKeyResponse> DeleteSSHPublicKey(
    WriteContext& context, const api::iam::DeleteSSHPublicKeyRequest& request) {
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  WK_TRY(FindKey(*found, *request.ssh_public_key_id));
  entity::User user = *found;
  std::erase_if(user.ssh_public_keys,
                [&](const entity::SshPublicKey& key) { return key.id == *request.ssh_public_key_id; });
  context.edit.PutUser(std::move(user));
  return api::iam::DeleteSSHPublicKeyResponse{};
}

}  // namespace

void RegisterSshPublicKeys(pipeline::Registry& registry) {
  registry.Write("iam", "UploadSSHPublicKey", UploadSSHPublicKey);
  registry.Read("iam", "GetSSHPublicKey", GetSSHPublicKey);
  registry.Read("iam", "ListSSHPublicKeys", ListSSHPublicKeys);
  registry.Write("iam", "UpdateSSHPublicKey", UpdateSSHPublicKey);
  registry.Write("iam", "DeleteSSHPublicKey", DeleteSSHPublicKey);
}

}  // namespace wardkeep::service::iam
