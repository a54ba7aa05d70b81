// Context providers and Identity Center instances of OIDC and SAML providers: reading them from requests,
// changing and showing them. The rules are those of the model's text (api-surface,
// UpdateOpenIDConnectProvider); AWS's words for their faults are not known.
#pragma once

#include <optional>
#include <string>

#include "api/iam/types.h"
#include "entity/identity_propagation.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// The members of an update, absent ones included.
struct PropagationChange {
  const std::optional<api::iam::ContextProvider>& context_provider;
  const std::optional<std::string>& identity_center_instance;
  bool remove_context_provider = false;
  bool remove_identity_center_instance = false;

  bool touches_context_provider() const { return context_provider.has_value() || remove_context_provider; }
  bool touches_identity_center() const {
    return identity_center_instance.has_value() || remove_identity_center_instance;
  }
};

template <typename UpdateRequest>
PropagationChange ChangeOf(const UpdateRequest& request) {
  return {.context_provider = request.context_provider,
          .identity_center_instance = request.identity_center_instance_arn,
          .remove_context_provider = request.remove_context_provider.value_or(false),
          .remove_identity_center_instance = request.remove_identity_center_instance.value_or(false)};
}

// InvalidInput for keys with other characters than AWS takes, both forms of a subject type, an ARN that names
// no Identity Center instance, and an instance without a context provider.
ApiResult<entity::IdentityPropagation> ReadPropagationOfNew(
    const std::optional<api::iam::ContextProvider>& context_provider,
    const std::optional<std::string>& identity_center_instance);

// Changes `propagation`, or InvalidInput as above and for a setting together with its removal, for both
// settings at once and for the removal of a context provider that an instance still needs.
ApiResult<void> ChangePropagation(const PropagationChange& change, entity::IdentityPropagation& propagation);

std::optional<api::iam::ContextProvider> ShowContextProvider(const entity::IdentityPropagation& propagation);
// Absent without an instance.
std::optional<std::string> ShowIdentityCenterInstance(const entity::IdentityPropagation& propagation);

}  // namespace wardkeep::service::iam
