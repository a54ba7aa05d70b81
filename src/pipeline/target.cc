#include "pipeline/target.h"

#include <algorithm>
#include <array>
#include <utility>

#include "catalog/managed_policies.h"
#include "catalog/service_linked_roles.h"
#include "entity/arn.h"
#include "pipeline/console_sessions.h"
#include "pipeline/member_value.h"

namespace wardkeep::pipeline {
namespace {

using api::ResourceSource;
using api::ResourceType;

// ARN resource word and the word of denial texts, for each type that is addressed by name.
struct TypeWords {
  ResourceType type;
  std::string_view arn_kind;
  std::string_view shown;
};
constexpr std::array<TypeWords, 9> kWords = {
    {{ResourceType::kUser, "user", "user"},
     {ResourceType::kGroup, "group", "group"},
     {ResourceType::kRole, "role", "role"},
     {ResourceType::kInstanceProfile, "instance-profile", "instance profile"},
     {ResourceType::kPolicy, "policy", "policy"},
     {ResourceType::kMfa, "mfa", "mfa"},
     {ResourceType::kSamlProvider, "saml-provider", ""},
     {ResourceType::kServerCertificate, "server-certificate", ""},
     {ResourceType::kDelegationRequest, "delegation-request", ""}}};

const TypeWords* WordsOf(ResourceType type) {
  for (const TypeWords& words : kWords) {
    if (words.type == type) return &words;
  }
  return nullptr;
}

void SetUser(Target& target, const entity::User& user) {
  target.arn = target.account->UserArn(user);
  target.tags = &user.tags;
  target.boundary = user.permissions_boundary;
}

void SetRole(Target& target, const entity::Role& role) {
  target.arn = target.account->RoleArn(role);
  target.tags = &role.tags;
  target.boundary = role.permissions_boundary;
  target.linked_service = role.linked_service;
  target.role = &role;
}

void SetDelegationRequest(Target& target, const entity::DelegationRequest& request) {
  target.arn = target.account->DelegationRequestArn(request);
  target.owner_id = request.owner.principal_id;
  target.owner_arn = request.owner.arn;
}

// Fills the facts of an entity that exists under that name; false when there is none.
bool SetNamed(Target& target, ResourceType type, std::string_view name) {
  const snapshot::AccountState& account = *target.account;
  if (type == ResourceType::kUser) {
    if (const entity::User* user = account.FindUser(name)) return SetUser(target, *user), true;
  } else if (type == ResourceType::kRole) {
    if (const entity::Role* role = account.FindRole(name)) return SetRole(target, *role), true;
  } else if (type == ResourceType::kGroup) {
    if (const entity::Group* group = account.FindGroup(name))
      return target.arn = account.GroupArn(*group), true;
  } else if (type == ResourceType::kInstanceProfile) {
    if (const entity::InstanceProfile* profile = account.FindInstanceProfile(name)) {
      target.arn = account.InstanceProfileArn(*profile);
      target.tags = &profile->tags;
      return true;
    }
  } else if (type == ResourceType::kDelegationRequest) {
    if (const entity::DelegationRequest* request = account.FindDelegationRequest(name))
      return SetDelegationRequest(target, *request), true;
  } else if (type == ResourceType::kServerCertificate) {
    if (const entity::ServerCertificate* certificate = account.FindServerCertificate(name)) {
      target.arn = account.ServerCertificateArn(*certificate);
      target.tags = &certificate->tags;
      return true;
    }
  }
  return false;
}

void SetByName(Target& target, const api::ResourceTemplate& row, const std::string& name) {
  const TypeWords* words = WordsOf(row.type);
  if (words == nullptr) return;
  if (!words->shown.empty()) target.shown = std::string(words->shown) + " " + name;
  if (!SetNamed(target, row.type, name)) {
    target.arn = entity::EntityArn(target.account->id(), words->arn_kind, "/", name);
  }
}

// An ARN given by the caller. Roles may live in another account (sts:AssumeRole).
void SetByArn(Target& target, const std::string& arn, const Services& services) {
  target.arn = arn;
  const auto parts = entity::SplitArn(arn);
  if (!parts || !base::IsAccountId(parts->account)) return;
  const base::AccountId owner{parts->account};
  if (owner != target.account->id()) target.account = services.directory.Find(owner);
  if (target.account != nullptr && IsClosed(*target.account)) target.account = nullptr;
  if (target.account == nullptr) return;
  if (parts->resource.starts_with("oidc-provider/")) {
    // The URL inside may end with a slash, which no name does.
    if (const auto* provider = target.account->FindOidcProviderByArn(arn)) target.tags = &provider->tags;
    return;
  }
  const auto name = entity::SplitEntityResource(parts->resource);
  if (!name) return;
  if (name->kind == "saml-provider") {
    if (const auto* provider = target.account->FindSamlProviderByArn(arn)) target.tags = &provider->tags;
  } else if (name->kind == "policy") {
    if (const entity::ManagedPolicy* policy = target.account->FindPolicyByArn(arn))
      target.tags = &policy->tags;
  } else if (name->kind == "mfa") {
    if (const entity::MfaDevice* device = target.account->FindMfaDevice(arn)) target.tags = &device->tags;
  } else if (name->kind == "role") {
    const entity::Role* role = target.account->FindRole(name->name);
    if (role != nullptr && target.account->RoleArn(*role) == arn) SetRole(target, *role);
  } else if (name->kind == "delegation-request") {
    const entity::DelegationRequest* request = target.account->FindDelegationRequest(name->name);
    if (request != nullptr) SetDelegationRequest(target, *request);
  } else if (name->kind == "user") {
    const entity::User* user = target.account->FindUser(name->name);
    if (user != nullptr && target.account->UserArn(*user) == arn) SetUser(target, *user);
  }
}

bool IsRootKey(const snapshot::AccountState& account, std::string_view key_id) {
  const auto& keys = account.account().root_access_keys;
  return std::any_of(keys.begin(), keys.end(),
                     [&](const entity::AccessKey& key) { return key.id == key_id; });
}

void SetCaller(Target& target, const CallerIdentity& caller) {
  if (caller.is_iam_user() && caller.user != nullptr) {
    SetUser(target, *caller.user);
    target.shown = "user " + caller.user->name;
  } else {
    target.arn = caller.principal.arn;
  }
}

void SetNew(Target& target, const api::ResourceTemplate& row, const api::AnyStruct& request) {
  const TypeWords* words = WordsOf(row.type);
  const std::string* name = row.member == nullptr ? nullptr : StringMember(request, *row.member);
  if (name == nullptr) return;
  if (row.type == ResourceType::kFederatedUser)
    target.arn = entity::FederatedUserArn(target.account->id(), *name);
  if (words == nullptr) return;
  const std::string* path = row.path_member == nullptr ? nullptr : StringMember(request, *row.path_member);
  target.arn = entity::EntityArn(target.account->id(), words->arn_kind, path == nullptr ? "/" : *path, *name);
}

void SetServiceRole(Target& target, const api::ResourceTemplate& row, const api::AnyStruct& request) {
  const std::string* service = StringMember(request, *row.member);
  if (service == nullptr) return;
  const std::string* suffix = row.path_member == nullptr ? nullptr : StringMember(request, *row.path_member);
  target.arn = entity::EntityArn(target.account->id(), "role", "/aws-service-role/" + *service + "/",
                                 catalog::ServiceLinkedRoleName(*service, suffix == nullptr ? "" : *suffix));
}

}  // namespace

Target FindTarget(const api::ResourceTemplate& row, const api::AnyStruct& request,
                  const CallerIdentity& caller, const Services& services) {
  Target target;
  target.account = caller.account;
  if (row.source == ResourceSource::kAny || row.type == ResourceType::kAny) return target;
  target.any = false;
  const std::string* text = row.member == nullptr ? nullptr : StringMember(request, *row.member);
  switch (row.source) {
    case ResourceSource::kAny:
      break;
    case ResourceSource::kName:
      if (text != nullptr && !text->empty()) {
        SetByName(target, row, *text);
      } else if (row.default_caller) {
        SetCaller(target, caller);
      }
      break;
    case ResourceSource::kNewName:
      SetNew(target, row, request);
      break;
    case ResourceSource::kArn:
      if (text != nullptr) SetByArn(target, *text, services);
      break;
    case ResourceSource::kCaller:
      SetCaller(target, caller);
      break;
    case ResourceSource::kAccessKey: {
      const entity::User* owner = text == nullptr ? nullptr : caller.account->FindKeyOwner(*text);
      if (owner != nullptr) {
        SetUser(target, *owner);
        target.shown = "user " + owner->name;
      } else if (text != nullptr && IsRootKey(*caller.account, *text)) {
        target.arn = entity::RootArn(caller.account_id);
      } else {
        SetCaller(target, caller);
      }
      break;
    }
    case ResourceSource::kUrl:
      if (text != nullptr) {
        std::string_view host = *text;
        if (host.starts_with("https://")) host.remove_prefix(8);
        target.arn = "arn:aws:iam::" + caller.account_id.value() + ":oidc-provider/" + std::string(host);
      }
      break;
    case ResourceSource::kServiceRole:
      SetServiceRole(target, row, request);
      break;
    case ResourceSource::kDeletionTask:
      // task/aws-service-role/SERVICE/ROLE/uuid
      if (text != nullptr) {
        const auto end = text->rfind('/');
        const auto start = end == std::string::npos ? end : text->rfind('/', end - 1);
        if (start != std::string::npos)
          SetByName(target, {.type = ResourceType::kRole}, text->substr(start + 1, end - start - 1));
      }
      break;
  }
  return target;
}

std::string RenamedArn(const api::ResourceTemplate& renamed, const api::AnyStruct& request,
                       const Target& target) {
  const auto parts = entity::SplitArn(target.arn);
  const auto old = parts ? entity::SplitEntityResource(parts->resource) : std::nullopt;
  if (!old) return target.arn;
  const std::string* name = renamed.member == nullptr ? nullptr : StringMember(request, *renamed.member);
  const std::string* path =
      renamed.path_member == nullptr ? nullptr : StringMember(request, *renamed.path_member);
  return entity::EntityArn(base::AccountId(parts->account), old->kind,
                           path == nullptr ? std::string_view(old->path) : *path,
                           name == nullptr ? old->name : std::string_view(*name));
}

}  // namespace wardkeep::pipeline
