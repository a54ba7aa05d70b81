#include "service/iam/service_credentials.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "base/assert.h"
#include "base/base64.h"
#include "crypto/digest.h"
#include "entity/credential_id.h"
#include "service/iam/credential_services.h"
#include "service/iam/key_status.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::ServiceCredential;
using pipeline::ReadContext;
using pipeline::WriteContext;

ApiResult<const CredentialService*> RequireService(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  if (!std::all_of(name.begin(), name.end(), is_allowed)) {
    return api::ValidationError("ServiceName must match [a-zA-Z0-9.-]*");
  }
  if (const CredentialService* found = FindCredentialService(name)) return found;
  return api::iam::NoSuchEntity("No such service " + name + " is supported for Service Specific Credentials");
}

const ServiceCredential* FindIn(const entity::User& user, const std::string& id) {
  for (const ServiceCredential& credential : user.service_credentials) {
    if (credential.id == id) return &credential;
  }
  return nullptr;
}

// Another user's credential is refused in other words than one that nobody has.
ApiResult<const ServiceCredential*> FindCredential(const snapshot::AccountState& account,
                                                   const entity::User& user, const std::string& id) {
  if (const ServiceCredential* found = FindIn(user, id)) return found;
  bool exists = false;
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& other) {
    exists = exists || FindIn(*other, id) != nullptr;
  });
  if (exists) {
    return api::ValidationError("User " + user.name +
                                " does not have a service specific credential with id " + id);
  }
  return api::iam::NoSuchEntity("No such credential " + id + " exists");
}

std::string ShowStatus(const ServiceCredential& credential, base::Instant now) {
  return credential.IsExpiredAt(now) ? "Expired" : StatusText(credential.status);
}

bool IsNameTaken(const snapshot::AccountState& account, std::string_view service, const std::string& name) {
  bool taken = false;
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    for (const ServiceCredential& one : user->service_credentials) {
      taken = taken || (one.service == service && one.public_name == name);
    }
  });
  return taken;
}

// "bob-at-123456789012", then "bob+1-at-123456789012" and on. A name stays with its credential when the user
// is renamed, so another user may hold one.
std::string MakePublicName(const snapshot::AccountState& account, const CredentialService& service,
                           const std::string& user_name) {
  const std::string end = "-at-" + account.id().value();
  for (int number = 0;; ++number) {
    const std::string name = user_name + (number == 0 ? "" : "+" + std::to_string(number)) + end;
    if (!IsNameTaken(account, service.name, name)) return name;
  }
}

// 60 characters of base64: 360 random bits. An API key is one text that also carries its public name.
base::Secret MakeServiceSecret(base::Rng& rng, const CredentialService& service,
                               const std::string& public_name) {
  std::array<uint8_t, 45> random{};
  rng.Fill(random);
  base::Secret password(base::Base64Encode(random));
  explicit_bzero(random.data(), random.size());
  if (!service.is_api_key) return password;
  const base::Secret pair(public_name + ":" + std::string(password.Reveal()));
  return base::Secret(std::string(service.secret_prefix) + base::Base64Encode(base::AsBytes(pair.Reveal())));
}

// With the secret, which nobody can see again.
api::iam::ServiceSpecificCredential ShowWithSecret(const entity::User& user,
                                                   const ServiceCredential& credential,
                                                   const CredentialService& service,
                                                   const base::Secret& secret, base::Instant now) {
  api::iam::ServiceSpecificCredential shown;
  shown.create_date = credential.create_date;
  shown.expiration_date = credential.expiration;
  shown.service_name = credential.service;
  if (service.is_api_key) {
    shown.service_credential_alias = credential.public_name;
    shown.service_credential_secret = std::string(secret.Reveal());
  } else {
    shown.service_user_name = credential.public_name;
    shown.service_password = std::string(secret.Reveal());
  }
  shown.service_specific_credential_id = credential.id;
  shown.user_name = user.name;
  shown.status = ShowStatus(credential, now);
  return shown;
}

api::iam::ServiceSpecificCredentialMetadata ShowMetadata(const entity::User& user,
                                                         const ServiceCredential& credential,
                                                         base::Instant now) {
  const CredentialService* service = FindCredentialService(credential.service);
  const bool is_api_key = service != nullptr && service->is_api_key;
  api::iam::ServiceSpecificCredentialMetadata shown;
  shown.user_name = user.name;
  shown.status = ShowStatus(credential, now);
  (is_api_key ? shown.service_credential_alias : shown.service_user_name) = credential.public_name;
  shown.create_date = credential.create_date;
  shown.expiration_date = credential.expiration;
  shown.service_specific_credential_id = credential.id;
  shown.service_name = credential.service;
  return shown;
}

ApiResult<api::iam::CreateServiceSpecificCredentialResponse> CreateServiceSpecificCredential(
    WriteContext& context, const api::iam::CreateServiceSpecificCredentialRequest& request) {
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  WK_ASSIGN(const CredentialService* service, RequireService(*request.service_name));
  const auto present = std::count_if(found->service_credentials.begin(), found->service_credentials.end(),
                                     [&](const auto& one) { return one.service == service->name; });
  WK_TRY(CheckQuota(context, entity::Quota::kServiceCredentialsPerUser, static_cast<std::size_t>(present)));
  entity::User user = *found;
  ServiceCredential credential;
  credential.id = entity::MakeCredentialId(entity::CredentialKind::kServiceCredential, context.services.rng);
  credential.service = service->name;
  credential.public_name = MakePublicName(context.account(), *service, user.name);
  const base::Secret secret = MakeServiceSecret(context.services.rng, *service, credential.public_name);
  credential.secret_digest = crypto::Sha256Hex(secret.Reveal());
  credential.create_date = context.now;
  if (request.credential_age_days) {
    credential.expiration = context.now + std::chrono::days(*request.credential_age_days);
  }
  api::iam::CreateServiceSpecificCredentialResponse response;
  response.service_specific_credential = ShowWithSecret(user, credential, *service, secret, context.now);
  user.service_credentials.push_back(std::move(credential));
  context.edit.PutUser(std::move(user));
  return response;
}

using Listed = std::vector<std::pair<std::string, std::pair<const entity::User*, const ServiceCredential*>>>;

void AddCredentials(Listed& listed, const entity::User& user, const std::optional<std::string>& service) {
  for (const ServiceCredential& one : user.service_credentials) {
    if (!service || base::EqualsIgnoreAsciiCase(one.service, *service))
      listed.push_back({user.id + "|" + one.id, {&user, &one}});
  }
}

// The row of the operation asked for the caller; all users are more than that.
ApiResult<Listed> GatherAllUsers(const ReadContext& context,
                                 const api::iam::ListServiceSpecificCredentialsRequest& request) {
  if (request.user_name) {
    return api::ValidationError("UserName cannot be specified together with AllUsers.");
  }
  pipeline::AccessQuestion question;
  question.action = "iam:ListServiceSpecificCredentials";
  question.resource = "arn:aws:iam::" + context.account.id().value() + ":user/*";
  WK_TRY(context.authorizer.Require(question));
  Listed listed;
  context.account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    AddCredentials(listed, *user, request.service_name);
  });
  return listed;
}

ApiResult<api::iam::ListServiceSpecificCredentialsResponse> ListServiceSpecificCredentials(
    const ReadContext& context, const api::iam::ListServiceSpecificCredentialsRequest& request) {
  const bool all_users = request.all_users.value_or(false);
  Listed listed;
  if (all_users) {
    WK_ASSIGN(listed, GatherAllUsers(context, request));
  } else {
    WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, context.account, request.user_name));
    AddCredentials(listed, *user, request.service_name);
  }
  if (request.service_name) WK_TRY(RequireService(*request.service_name));
  std::sort(listed.begin(), listed.end());
  api::iam::ListServiceSpecificCredentialsResponse response;
  response.service_specific_credentials.emplace();
  const PageRequest page{"ListServiceSpecificCredentials|" + std::string(all_users ? "all|" : "own|") +
                             request.user_name.value_or("") + "|" + request.service_name.value_or(""),
                         request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, listed, [&](const auto& item) {
              response.service_specific_credentials->push_back(
                  ShowMetadata(*item.first, *item.second, context.now));
            }));
  return WithPageEnd(std::move(response), end);
}

// Changes one credential of the named or calling user in place.
template <typename Change>
ApiResult<entity::User> ChangeCredential(const WriteContext& context,
                                         const std::optional<std::string>& user_name, const std::string& id,
                                         Change change) {
  WK_ASSIGN(const entity::User* found, NamedOrCallingUser(context, context.account(), user_name));
  WK_TRY(FindCredential(context.account(), *found, id));
  entity::User user = *found;
  for (ServiceCredential& credential : user.service_credentials) {
    if (credential.id == id) change(credential);
  }
  return user;
}

ApiResult<api::iam::UpdateServiceSpecificCredentialResponse> UpdateServiceSpecificCredential(
    WriteContext& context, const api::iam::UpdateServiceSpecificCredentialRequest& request) {
  WK_ASSIGN(const entity::KeyStatus status, ReadStatus(*request.status));
  WK_ASSIGN(entity::User user,
            ChangeCredential(context, request.user_name, *request.service_specific_credential_id,
                             [&](ServiceCredential& credential) { credential.status = status; }));
  context.edit.PutUser(std::move(user));
  return api::iam::UpdateServiceSpecificCredentialResponse{};
}

// A new secret under the same id and name; the old one is gone at once. An expiration stays.
ApiResult<api::iam::ResetServiceSpecificCredentialResponse> ResetServiceSpecificCredential(
    WriteContext& context, const api::iam::ResetServiceSpecificCredentialRequest& request) {
  const std::string& id = *request.service_specific_credential_id;
  base::Secret secret;
  const CredentialService* service = nullptr;
  WK_ASSIGN(entity::User user,
            ChangeCredential(context, request.user_name, id, [&](ServiceCredential& credential) {
              service = FindCredentialService(credential.service);
              WK_ASSERT(service != nullptr);
              secret = MakeServiceSecret(context.services.rng, *service, credential.public_name);
              credential.secret_digest = crypto::Sha256Hex(secret.Reveal());
            }));
  const ServiceCredential* changed = FindIn(user, id);
  WK_ASSERT(changed != nullptr);
  api::iam::ResetServiceSpecificCredentialResponse response;
  response.service_specific_credential = ShowWithSecret(user, *changed, *service, secret, context.now);
  context.edit.PutUser(std::move(user));
  return response;
}

ApiResult<api::iam::DeleteServiceSpecificCredentialResponse> DeleteServiceSpecificCredential(
    WriteContext& context, const api::iam::DeleteServiceSpecificCredentialRequest& request) {
  const std::string& id = *request.service_specific_credential_id;
  WK_ASSIGN(const entity::User* found, NamedOrCallingUser(context, context.account(), request.user_name));
  WK_TRY(FindCredential(context.account(), *found, id));
  entity::User user = *found;
  std::erase_if(user.service_credentials, [&](const ServiceCredential& one) { return one.id == id; });
  context.edit.PutUser(std::move(user));
  return api::iam::DeleteServiceSpecificCredentialResponse{};
}

}  // namespace

void RegisterServiceCredentials(pipeline::Registry& registry) {
  registry.Write("iam", "CreateServiceSpecificCredential", CreateServiceSpecificCredential);
  registry.Read("iam", "ListServiceSpecificCredentials", ListServiceSpecificCredentials);
  registry.Write("iam", "UpdateServiceSpecificCredential", UpdateServiceSpecificCredential);
  registry.Write("iam", "ResetServiceSpecificCredential", ResetServiceSpecificCredential);
  registry.Write("iam", "DeleteServiceSpecificCredential", DeleteServiceSpecificCredential);
}

}  // namespace wardkeep::service::iam
