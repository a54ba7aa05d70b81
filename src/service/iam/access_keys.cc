#include "service/iam/access_keys.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "auth/access_key_id.h"
#include "auth/secret_key.h"
#include "service/iam/credential_holder.h"
#include "service/iam/key_status.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::KeyStatus;
using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;
using Keys = std::vector<entity::AccessKey>;
using Holder = CredentialHolder<entity::AccessKey>;

constexpr CredentialPlaces<entity::AccessKey> kPlaces = {&entity::User::access_keys,
                                                         &entity::Account::root_access_keys};

ApiResult<Holder> FindHolder(const OperationContext& context, const snapshot::AccountState& account,
                             const std::optional<std::string>& name) {
  return FindCredentialHolder(context, account, name, kPlaces);
}

ApiResult<Holder> FindKeyHolder(const WriteContext& context, const std::optional<std::string>& name,
                                const std::string& key_id) {
  WK_ASSIGN(Holder holder, FindHolder(context, context.account(), name));
  if (holder.Has(key_id)) return holder;
  return api::iam::NoSuchEntity("The Access Key with id " + key_id + " cannot be found.");
}

bool IsRootKey(const snapshot::AccountState& account, const std::string& key_id) {
  const Keys& keys = account.account().root_access_keys;
  return std::any_of(keys.begin(), keys.end(),
                     [&](const entity::AccessKey& key) { return key.id == key_id; });
}

bool IsTaken(const snapshot::AccountState& account, const std::string& key_id) {
  return account.FindKeyOwner(key_id) != nullptr || IsRootKey(account, key_id);
}

ApiResult<api::iam::CreateAccessKeyResponse> CreateAccessKey(
    WriteContext& context, const api::iam::CreateAccessKeyRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolder(context, context.account(), request.user_name));
  WK_TRY(CheckQuota(context, entity::Quota::kAccessKeysPerUser, holder.held->size()));
  const base::Secret secret = auth::MakeSecretKey(context.services.rng);
  entity::AccessKey key;
  // 39 bits of an id are random: in a large account two of them may meet.
  do {
    key.id =
        auth::MakeAccessKeyId(auth::AccessKeyKind::kLongTerm, context.account().id(), context.services.rng);
  } while (IsTaken(context.account(), key.id));
  key.sealed_secret = context.services.keys.access_key_secret.Seal(secret.Reveal(), key.id);
  key.create_date = context.now;
  api::iam::CreateAccessKeyResponse response;
  response.access_key = api::iam::AccessKey{.user_name = holder.shown_name,
                                            .access_key_id = key.id,
                                            .status = "Active",
                                            .secret_access_key = std::string(secret.Reveal()),
                                            .create_date = key.create_date};
  Keys keys = *holder.held;
  keys.push_back(std::move(key));
  PutCredentials(context, holder, kPlaces, std::move(keys));
  return response;
}

ApiResult<api::iam::ListAccessKeysResponse> ListAccessKeys(const ReadContext& context,
                                                           const api::iam::ListAccessKeysRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolder(context, context.account, request.user_name));
  std::vector<std::pair<std::string, const entity::AccessKey*>> keys;
  for (const entity::AccessKey& key : *holder.held) keys.emplace_back(key.id, &key);
  std::sort(keys.begin(), keys.end());
  api::iam::ListAccessKeysResponse response;
  response.access_key_metadata.emplace();
  WK_ASSIGN(
      const PageEnd end,
      ListPage(context, PageRequest{"ListAccessKeys|" + holder.shown_name, request.marker, request.max_items},
               keys, [&](const entity::AccessKey* key) {
                 response.access_key_metadata->push_back({.user_name = holder.shown_name,
                                                          .access_key_id = key->id,
                                                          .status = StatusText(key->status),
                                                          .create_date = key->create_date});
               }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateAccessKeyResponse> UpdateAccessKey(
    WriteContext& context, const api::iam::UpdateAccessKeyRequest& request) {
  WK_ASSIGN(const Holder holder, FindKeyHolder(context, request.user_name, *request.access_key_id));
  WK_ASSIGN(const KeyStatus status, ReadStatus(*request.status));
  Keys keys = *holder.held;
  for (entity::AccessKey& key : keys) {
    if (key.id != *request.access_key_id || key.status == status) continue;
    key.status = status;
    key.status_changed = context.now;
    key.hygiene_warned.reset();  // whoever switches a key on gets a new notice
  }
  PutCredentials(context, holder, kPlaces, std::move(keys));
  return api::iam::UpdateAccessKeyResponse{};
}

ApiResult<api::iam::DeleteAccessKeyResponse> DeleteAccessKey(
    WriteContext& context, const api::iam::DeleteAccessKeyRequest& request) {
  WK_ASSIGN(const Holder holder, FindKeyHolder(context, request.user_name, *request.access_key_id));
  Keys keys = *holder.held;
  std::erase_if(keys, [&](const entity::AccessKey& key) { return key.id == *request.access_key_id; });
  PutCredentials(context, holder, kPlaces, std::move(keys));
  return api::iam::DeleteAccessKeyResponse{};
}

ApiResult<api::iam::GetAccessKeyLastUsedResponse> GetAccessKeyLastUsed(
    const ReadContext& context, const api::iam::GetAccessKeyLastUsedRequest& request) {
  const entity::User* owner = context.account.FindKeyOwner(*request.access_key_id);
  if (owner == nullptr && !IsRootKey(context.account, *request.access_key_id)) {
    return api::AccessDenied(
        "User: " + context.caller.principal.arn +
        " is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key " +
        *request.access_key_id);
  }
  api::iam::GetAccessKeyLastUsedResponse response;
  if (owner != nullptr) response.user_name = owner->name;
  api::iam::AccessKeyLastUsed last_used{
      .last_used_date = std::nullopt, .service_name = "N/A", .region = "N/A"};
  if (const auto usage = context.services.usage.KeyUsage(*request.access_key_id)) {
    last_used = {.last_used_date = usage->date,
                 .service_name = usage->service,
                 .region = usage->region.empty() ? "N/A" : usage->region};
  }
  response.access_key_last_used = std::move(last_used);
  return response;
}

}  // namespace

void RegisterAccessKeys(pipeline::Registry& registry) {
  registry.Write("iam", "CreateAccessKey", CreateAccessKey);
  registry.Read("iam", "ListAccessKeys", ListAccessKeys);
  registry.Write("iam", "UpdateAccessKey", UpdateAccessKey);
  registry.Write("iam", "DeleteAccessKey", DeleteAccessKey);
  registry.Read("iam", "GetAccessKeyLastUsed", GetAccessKeyLastUsed);
}

}  // namespace wardkeep::service::iam
