#include "service/iam/signing_certificates.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "certificate/x509_certificate.h"
#include "service/iam/credential_holder.h"
#include "service/iam/key_status.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;
using Certificates = std::vector<entity::SigningCertificate>;
using Holder = CredentialHolder<entity::SigningCertificate>;

constexpr CredentialPlaces<entity::SigningCertificate> kPlaces = {
    &entity::User::signing_certificates, &entity::Account::root_signing_certificates};

ApiResult<Holder> FindHolder(const OperationContext& context, const snapshot::AccountState& account,
                             const std::optional<std::string>& name) {
  return FindCredentialHolder(context, account, name, kPlaces);
}

ApiResult<Holder> FindHolderOf(const WriteContext& context, const std::optional<std::string>& name,
                               const std::string& id) {
  WK_ASSIGN(Holder holder, FindHolder(context, context.account(), name));
  if (holder.Has(id)) return holder;
  return api::iam::NoSuchEntity("The Certificate with id " + id + " cannot be found.");
}

// A certificate may be with one user of an account only.
bool IsKnown(const snapshot::AccountState& account, const std::string& digest) {
  const auto has = [&](const Certificates& certificates) {
    return std::any_of(certificates.begin(), certificates.end(),
                       [&](const auto& certificate) { return certificate.digest == digest; });
  };
  bool known = has(account.account().root_signing_certificates);
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    known = known || has(user->signing_certificates);
  });
  return known;
}

api::iam::SigningCertificate Show(const std::string& user_name,
                                  const entity::SigningCertificate& certificate) {
  return {.user_name = user_name,
          .certificate_id = certificate.id,
          .certificate_body = certificate.body,
          .status = StatusText(certificate.status),
          .upload_date = certificate.upload_date};
}

ApiResult<api::iam::UploadSigningCertificateResponse> UploadSigningCertificate(
    WriteContext& context, const api::iam::UploadSigningCertificateRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolder(context, context.account(), request.user_name));
  const auto parsed = certificate::ReadCertificate(*request.certificate_body);
  if (!parsed) {
    return api::iam::MalformedCertificate("Certificate " + *request.certificate_body + " is malformed.");
  }
  if (!parsed->IsValidAt(context.now)) {
    return api::iam::InvalidCertificate("Certificate " + *request.certificate_body + " is invalid.");
  }
  if (IsKnown(context.account(), parsed->digest())) {
    return api::iam::DuplicateCertificate(
        "The same certificate is associated with an IAM user in the account.");
  }
  WK_TRY(CheckQuota(context, entity::Quota::kSigningCertificatesPerUser, holder.held->size()));
  Certificates certificates = *holder.held;
  certificates.push_back(
      {.id = parsed->id(),
       .body = *request.certificate_body,  // as it came: Terraform compares it with the file
       .digest = parsed->digest(),
       .upload_date = context.now,
       .last_rotated = context.now});
  api::iam::UploadSigningCertificateResponse response;
  response.certificate = Show(holder.shown_name, certificates.back());
  PutCredentials(context, holder, kPlaces, std::move(certificates));
  return response;
}

ApiResult<api::iam::ListSigningCertificatesResponse> ListSigningCertificates(
    const ReadContext& context, const api::iam::ListSigningCertificatesRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolder(context, context.account, request.user_name));
  std::vector<std::pair<std::string, const entity::SigningCertificate*>> sorted;
  for (const auto& certificate : *holder.held) sorted.emplace_back(certificate.id, &certificate);
  std::sort(sorted.begin(), sorted.end());
  api::iam::ListSigningCertificatesResponse response;
  response.certificates.emplace();
  const PageRequest page{"ListSigningCertificates|" + holder.shown_name, request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end,
            ListPage(context, page, sorted, [&](const entity::SigningCertificate* certificate) {
              response.certificates->push_back(Show(holder.shown_name, *certificate));
            }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateSigningCertificateResponse> UpdateSigningCertificate(
    WriteContext& context, const api::iam::UpdateSigningCertificateRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolderOf(context, request.user_name, *request.certificate_id));
  WK_ASSIGN(const entity::KeyStatus status, ReadStatus(*request.status));
  Certificates certificates = *holder.held;
  for (auto& certificate : certificates) {
    if (certificate.id != *request.certificate_id || certificate.status == status) continue;
    certificate.status = status;
    certificate.last_rotated = context.now;
  }
  PutCredentials(context, holder, kPlaces, std::move(certificates));
  return api::iam::UpdateSigningCertificateResponse{};
}

ApiResult<api::iam::DeleteSigningCertificateResponse> DeleteSigningCertificate(
    WriteContext& context, const api::iam::DeleteSigningCertificateRequest& request) {
  WK_ASSIGN(const Holder holder, FindHolderOf(context, request.user_name, *request.certificate_id));
  Certificates certificates = *holder.held;
  std::erase_if(certificates,
                [&](const auto& certificate) { return certificate.id == *request.certificate_id; });
  PutCredentials(context, holder, kPlaces, std::move(certificates));
  return api::iam::DeleteSigningCertificateResponse{};
}

}  // namespace

void RegisterSigningCertificates(pipeline::Registry& registry) {
  registry.Write("iam", "UploadSigningCertificate", UploadSigningCertificate);
  registry.Read("iam", "ListSigningCertificates", ListSigningCertificates);
  registry.Write("iam", "UpdateSigningCertificate", UpdateSigningCertificate);
  registry.Write("iam", "DeleteSigningCertificate", DeleteSigningCertificate);
}

}  // namespace wardkeep::service::iam
