#include "service/iam/trust_input.h"

#include "api/iam/errors.h"
#include "service/iam/policy_input.h"
#include "snapshot/principal_resolution.h"

namespace wardkeep::service::iam {

ApiResult<TrustPolicy> ReadTrustPolicy(const pipeline::OperationContext& context,
                                       const snapshot::AccountState& account, const std::string& text) {
  WK_ASSIGN(const entity::DocumentPtr given, ReadDocument(text, policy::DocumentKind::kTrust));
  WK_TRY(CheckDocumentSize(text, entity::Quota::kTrustPolicySize));
  // The account being edited is asked for as it is inside the edit, so that a role may trust a user made just
  // before.
  const auto find = [&](const base::AccountId& id) -> snapshot::AccountStatePtr {
    if (id != account.id()) return context.services.directory.Find(id);
    return {std::shared_ptr<void>(), &account};
  };
  auto resolved = snapshot::ResolvePrincipals(text, account, find);
  if (!resolved) return api::iam::MalformedPolicyDocument(resolved.error().message);
  if (resolved->principals.empty()) return TrustPolicy{given, {}};
  WK_ASSIGN(entity::DocumentPtr stored, ReadDocument(resolved->text, policy::DocumentKind::kTrust));
  return TrustPolicy{std::move(stored), std::move(resolved->principals)};
}

}  // namespace wardkeep::service::iam
