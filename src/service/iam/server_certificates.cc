#include "service/iam/server_certificates.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "certificate/pem.h"
#include "certificate/private_key.h"
#include "certificate/x509_certificate.h"
#include "entity/credential_id.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/tag_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;

api::ApiError Exists(const std::string& name) {
  return api::iam::EntityAlreadyExists("The Server Certificate with name " + name + " already exists.");
}

api::iam::ServerCertificateMetadata ShowMetadata(const snapshot::AccountState& account,
                                                 const entity::ServerCertificate& certificate) {
  return {.path = certificate.path,
          .server_certificate_name = certificate.name,
          .server_certificate_id = certificate.id,
          .arn = account.ServerCertificateArn(certificate),
          .upload_date = certificate.upload_date,
          .expiration = certificate.expiration};
}

// What a request brings, as it is kept: of a bundle in the body, the first certificate is the body and the
// others are the chain (data-formats section 10).
struct CheckedCertificate {
  std::string body;
  std::string chain;  // empty for none
  base::Instant expiration;
};

api::ApiError Unreadable() {
  return api::iam::MalformedCertificate(
      "Unable to parse certificate. Please ensure the certificate is in PEM format.");
}

// The certificate must be valid now, its key must be the private key, and each certificate of the chain must
// have signed the one before it. Runs outside of the account's lock: signatures of long keys take
// milliseconds.
ApiResult<CheckedCertificate> CheckKeyPair(const ReadContext& context,
                                           const api::iam::UploadServerCertificateRequest& request) {
  auto parts = certificate::CutFirstBlock(certificate::TidyPem(*request.certificate_body));
  if (request.certificate_chain && !parts.rest.empty()) return Unreadable();
  if (request.certificate_chain) parts.rest = certificate::TidyPem(*request.certificate_chain);
  const auto leaf = certificate::ReadCertificate(parts.first);
  if (!leaf) return Unreadable();
  const base::Secret key_text(*request.private_key);
  const auto key = certificate::ReadPrivateKey(key_text);
  if (!key) return api::iam::MalformedCertificate("Invalid Private Key.");
  if (!leaf->HasKeyOf(*key)) {
    return api::iam::KeyPairMismatch("The public key certificate and the private key do not match.");
  }
  if (!leaf->IsValidAt(context.now)) {
    return api::iam::MalformedCertificate("The certificate is expired or is not yet valid.");
  }
  const CheckedCertificate checked{std::move(parts.first), parts.rest, leaf->not_after()};
  if (!request.certificate_chain && parts.rest.empty()) return checked;
  const auto chain = certificate::ReadChain(parts.rest);
  const std::optional<int> broken = chain ? certificate::FindBreak(*leaf, *chain) : std::optional<int>(-1);
  if (broken) {
    return api::iam::MalformedCertificate(
        "Unable to validate certificate chain. The certificate chain must start with the immediate signing "
        "certificate, followed by any intermediaries in order. The index within the chain of the invalid "
        "certificate is: " +
        std::to_string(*broken));
  }
  return checked;
}

ApiResult<api::iam::UploadServerCertificateResponse> UploadServerCertificate(
    WriteContext& context, const api::iam::UploadServerCertificateRequest& request,
    const CheckedCertificate& checked) {
  const snapshot::AccountState& account = context.account();
  if (account.FindServerCertificate(*request.server_certificate_name) != nullptr) {
    return Exists(*request.server_certificate_name);
  }
  entity::ServerCertificate certificate;
  WK_ASSIGN(certificate.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_TRY(CheckQuota(context, entity::Quota::kServerCertificatesPerAccount,
                    account.server_certificates().size()));
  certificate.id = entity::MakeCredentialId(entity::CredentialKind::kServerCertificate, context.services.rng);
  certificate.name = *request.server_certificate_name;
  certificate.path = request.path.value_or("/");
  certificate.body = checked.body;
  certificate.chain = checked.chain;
  certificate.sealed_private_key =
      context.services.keys.server_certificate_key.Seal(*request.private_key, certificate.id);
  certificate.upload_date = context.now;
  certificate.expiration = checked.expiration;
  api::iam::UploadServerCertificateResponse response;
  response.server_certificate_metadata = ShowMetadata(account, certificate);
  response.tags = ShowTags(certificate.tags);
  context.edit.PutServerCertificate(std::move(certificate));
  return response;
}

// The private key is never shown.
ApiResult<api::iam::GetServerCertificateResponse> GetServerCertificate(
    const ReadContext& context, const api::iam::GetServerCertificateRequest& request) {
  WK_ASSIGN(const entity::ServerCertificate* found,
            RequireServerCertificate(context.account, *request.server_certificate_name));
  api::iam::ServerCertificate shown;
  shown.server_certificate_metadata = ShowMetadata(context.account, *found);
  shown.certificate_body = found->body;
  if (!found->chain.empty()) shown.certificate_chain = found->chain;
  shown.tags = ShowTagsAlways(found->tags);
  api::iam::GetServerCertificateResponse response;
  response.server_certificate = std::move(shown);
  return response;
}

ApiResult<api::iam::ListServerCertificatesResponse> ListServerCertificates(
    const ReadContext& context, const api::iam::ListServerCertificatesRequest& request) {
  const std::string prefix = request.path_prefix.value_or("/");
  api::iam::ListServerCertificatesResponse response;
  response.server_certificate_metadata_list.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(
                context, PageRequest{"ListServerCertificates|" + prefix, request.marker, request.max_items},
                context.account.server_certificates(),
                [&](const snapshot::ServerCertificatePtr& one) { return one->path.starts_with(prefix); },
                [&](const snapshot::ServerCertificatePtr& one) {
                  response.server_certificate_metadata_list->push_back(ShowMetadata(context.account, *one));
                }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateServerCertificateResponse> UpdateServerCertificate(
    WriteContext& context, const api::iam::UpdateServerCertificateRequest& request) {
  const snapshot::AccountState& account = context.account();
  WK_ASSIGN(const entity::ServerCertificate* found,
            RequireServerCertificate(account, *request.server_certificate_name));
  entity::ServerCertificate certificate = *found;
  if (request.new_server_certificate_name) {
    const std::string& name = *request.new_server_certificate_name;
    const entity::ServerCertificate* taken = account.FindServerCertificate(name);
    if (taken != nullptr && taken->id != found->id) return Exists(name);
    certificate.name = name;
  }
  if (request.new_path) certificate.path = *request.new_path;
  context.edit.PutServerCertificate(std::move(certificate));
  return api::iam::UpdateServerCertificateResponse{};
}

// AWS refuses with DeleteConflict while a load balancer uses the certificate; nothing here can use one.
ApiResult<api::iam::DeleteServerCertificateResponse> DeleteServerCertificate(
    WriteContext& context, const api::iam::DeleteServerCertificateRequest& request) {
  WK_TRY(RequireServerCertificate(context.account(), *request.server_certificate_name));
  context.edit.DeleteServerCertificate(*request.server_certificate_name);
  return api::iam::DeleteServerCertificateResponse{};
}

}  // namespace

void RegisterServerCertificates(pipeline::Registry& registry) {
  registry.PreparedWrite("iam", "UploadServerCertificate", CheckKeyPair, UploadServerCertificate);
  registry.Read("iam", "GetServerCertificate", GetServerCertificate);
  registry.Read("iam", "ListServerCertificates", ListServerCertificates);
  registry.Write("iam", "UpdateServerCertificate", UpdateServerCertificate);
  registry.Write("iam", "DeleteServerCertificate", DeleteServerCertificate);
}

}  // namespace wardkeep::service::iam
