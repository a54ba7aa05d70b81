#include <array>

#include "base/assert.h"
#include "storage/store.h"

namespace wardkeep::storage {
namespace {

struct KindRow {
  DocumentKind kind;
  std::string_view name;
};

constexpr auto kKinds = std::to_array<KindRow>({
    {DocumentKind::kAccount, "account"},
    {DocumentKind::kUser, "user"},
    {DocumentKind::kGroup, "group"},
    {DocumentKind::kRole, "role"},
    {DocumentKind::kPolicy, "policy"},
    {DocumentKind::kInstanceProfile, "instance_profile"},
    {DocumentKind::kMfaDevice, "mfa_device"},
    {DocumentKind::kUsage, "usage"},
    {DocumentKind::kActionUsage, "action_usage"},
    {DocumentKind::kSigninAttempt, "signin_attempt"},
    {DocumentKind::kSignOuts, "sign_outs"},
    {DocumentKind::kServerCertificate, "server_certificate"},
    {DocumentKind::kDelegationRequest, "delegation_request"},
    {DocumentKind::kOidcProvider, "oidc_provider"},
    {DocumentKind::kSamlProvider, "saml_provider"},
});

}  // namespace

std::string_view DocumentKindName(DocumentKind kind) {
  for (const auto& row : kKinds) {
    if (row.kind == kind) return row.name;
  }
  WK_ASSERT(!"a document kind without a row");
  return {};
}

std::optional<DocumentKind> ParseDocumentKind(std::string_view name) {
  for (const auto& row : kKinds) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

}  // namespace wardkeep::storage
