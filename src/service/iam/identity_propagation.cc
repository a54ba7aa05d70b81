#include "service/iam/identity_propagation.h"

#include <utility>

#include "api/iam/errors.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {
namespace {

// Letters, digits, `_ . : / = + - @ #` and single blanks inside.
bool IsKey(std::string_view key) {
  if (key.front() == ' ' || key.back() == ' ') return false;
  bool blank = false;
  for (const char c : key) {
    if (c == ' ' && blank) return false;
    blank = c == ' ';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && std::string_view(" _.:/=+-@#").find(c) == std::string_view::npos) return false;
  }
  return true;
}

ApiResult<std::string> ReadKey(std::string_view member, const std::optional<std::string>& key) {
  if (!key || IsKey(*key)) return key.value_or("");
  return api::iam::InvalidInput(std::string(member) +
                                " may have ASCII letters, digits, the characters _.:/=+-@# and single blanks "
                                "between them.");
}

ApiResult<entity::ContextProvider> ReadContextProvider(const api::iam::ContextProvider& given) {
  entity::ContextProvider read;
  if (given.subject_type_value && given.subject_type_source_key) {
    return api::iam::InvalidInput(
        "SubjectTypeValue and SubjectTypeSourceKey exclude each other: give one of them.");
  }
  WK_ASSIGN(read.subject_source_key, ReadKey("SubjectSourceKey", given.subject_source_key));
  WK_ASSIGN(read.subject_type_source_key, ReadKey("SubjectTypeSourceKey", given.subject_type_source_key));
  read.subject_type_value = given.subject_type_value.value_or("");
  if (!given.key_definition_list) return read;
  for (const api::iam::ContextProviderKeyDefinition& definition : *given.key_definition_list) {
    WK_ASSIGN(std::string source, ReadKey("SourceKey", definition.source_key));
    WK_ASSIGN(std::string target, ReadKey("TargetKey", definition.target_key));
    read.keys.emplace_back(std::move(source), std::move(target));
  }
  return read;
}

ApiResult<std::string> ReadInstance(const std::string& arn) {
  const auto parts = entity::SplitArn(arn);
  if (parts && parts->service == "sso" && parts->resource.starts_with("instance/")) return arn;
  return api::iam::InvalidInput("IdentityCenterInstanceArn must be the ARN of an Identity Center instance: " +
                                arn);
}

api::ApiError NeedsContextProvider() {
  return api::iam::InvalidInput(
      "IdentityCenterInstanceArn needs a ContextProvider: remove the one before the other, and set it "
      "after.");
}

ApiResult<void> CheckChange(const PropagationChange& change) {
  if (change.context_provider && change.remove_context_provider) {
    return api::iam::InvalidInput(
        "ContextProvider and RemoveContextProvider exclude each other: give one of them.");
  }
  if (change.identity_center_instance && change.remove_identity_center_instance) {
    return api::iam::InvalidInput(
        "IdentityCenterInstanceArn and RemoveIdentityCenterInstance exclude each other: give one of them.");
  }
  if (change.touches_context_provider() && change.touches_identity_center()) {
    return api::iam::InvalidInput(
        "A request changes the context provider or the Identity Center instance, not both: make two "
        "requests.");
  }
  return {};
}

}  // namespace

ApiResult<entity::IdentityPropagation> ReadPropagationOfNew(
    const std::optional<api::iam::ContextProvider>& context_provider,
    const std::optional<std::string>& identity_center_instance) {
  entity::IdentityPropagation read;
  if (context_provider) {
    WK_ASSIGN(read.context_provider, ReadContextProvider(*context_provider));
  }
  if (!identity_center_instance) return read;
  if (!read.context_provider) return NeedsContextProvider();
  WK_ASSIGN(read.identity_center_instance, ReadInstance(*identity_center_instance));
  return read;
}

ApiResult<void> ChangePropagation(const PropagationChange& change, entity::IdentityPropagation& propagation) {
  WK_TRY(CheckChange(change));
  if (change.context_provider) {
    WK_ASSIGN(propagation.context_provider, ReadContextProvider(*change.context_provider));
  }
  if (change.identity_center_instance) {
    WK_ASSIGN(propagation.identity_center_instance, ReadInstance(*change.identity_center_instance));
  }
  if (change.remove_context_provider) propagation.context_provider.reset();
  if (change.remove_identity_center_instance) propagation.identity_center_instance.clear();
  if (!propagation.identity_center_instance.empty() && !propagation.context_provider)
    return NeedsContextProvider();
  return {};
}

std::optional<api::iam::ContextProvider> ShowContextProvider(const entity::IdentityPropagation& propagation) {
  if (!propagation.context_provider) return std::nullopt;
  const auto text = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
  };
  const entity::ContextProvider& kept = *propagation.context_provider;
  api::iam::ContextProvider shown;
  shown.subject_source_key = kept.subject_source_key;
  shown.subject_type_value = text(kept.subject_type_value);
  shown.subject_type_source_key = text(kept.subject_type_source_key);
  shown.key_definition_list.emplace();
  for (const auto& [source, target] : kept.keys) {
    shown.key_definition_list->push_back({.source_key = source, .target_key = text(target)});
  }
  return shown;
}

std::optional<std::string> ShowIdentityCenterInstance(const entity::IdentityPropagation& propagation) {
  if (propagation.identity_center_instance.empty()) return std::nullopt;
  return propagation.identity_center_instance;
}

}  // namespace wardkeep::service::iam
