#include "policy/parse/principal_checks.h"

#include "policy/parse/action_format.h"
#include "policy/parse/principal_format.h"

namespace wardkeep::policy {
namespace {

bool NamesNobody(const json::Value* principal) {
  if (principal == nullptr) return true;
  if (principal->is_string()) return false;
  for (const json::Member& member : principal->members()) {
    if (!TextsOf(&member.value).empty()) return false;
  }
  return true;
}

// The first value of a wrong form, said by `say(type name, value)`.
template <typename Say>
std::optional<Complaint> FirstBadPrincipal(const json::Value* principal, std::string_view partition,
                                           Say say) {
  if (principal == nullptr) return std::nullopt;
  for (const json::Member& member : principal->members()) {
    const std::optional<PrincipalType> type = PrincipalTypeOf(member.key);
    for (const LocatedText& value : TextsOf(&member.value)) {
      if (!type || !IsPrincipalForm(*type, *value.text, partition)) {
        return Complaint{say(member.key, *value.text), value.offset};
      }
    }
  }
  return std::nullopt;
}

// AWS's texts; it names the Service type in capitals.
std::string InvalidTrustPrincipal(std::string_view type, std::string_view value) {
  if (type == "Federated") return "Federated principals must be valid domain names or SAML metadata ARNs";
  const std::string_view shown = type == "Service" ? "SERVICE" : type;
  return "Invalid principal in policy: \"" + std::string(shown) + "\":\"" + std::string(value) + "\"";
}

}  // namespace

std::optional<Complaint> CheckNoResource(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (statement.resource != nullptr)
      return ComplaintAt(*statement.resource, "Has prohibited field Resource");
    if (statement.not_resource != nullptr)
      return ComplaintAt(*statement.not_resource, "Has prohibited field NotResource");
  }
  return std::nullopt;
}

std::optional<Complaint> CheckTrustPrincipals(const Draft& draft, const CheckContext& context) {
  for (const DraftStatement& statement : draft.statements) {
    if (statement.not_principal != nullptr) {
      return ComplaintAt(*statement.not_principal, "Has prohibited field NotPrincipal");
    }
    if (NamesNobody(statement.principal)) {
      return Complaint{
          "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy "
          "has a "
          "statement with no principals!",
          statement.offset()};
    }
    if (statement.principal->is_string()) {
      return ComplaintAt(*statement.principal,
                         "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\".");
    }
    if (auto complaint =
            FirstBadPrincipal(statement.principal, context.options.partition, InvalidTrustPrincipal)) {
      return complaint;
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckTrustActions(const Draft& draft, const CheckContext&) {
  constexpr std::string_view kMessage = "AssumeRole policy may only specify STS AssumeRole actions.";
  for (const DraftStatement& statement : draft.statements) {
    if (statement.not_action != nullptr) return ComplaintAt(*statement.not_action, kMessage);
    for (const LocatedText& action : TextsOf(statement.action)) {
      if (!IsTrustPolicyAction(*action.text)) return Complaint{std::string(kMessage), action.offset};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckPrincipalPresent(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (NamesNobody(statement.any_principal())) {
      return Complaint{"Missing required field Principal", statement.offset()};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckPrincipalForm(const Draft& draft, const CheckContext& context) {
  const auto say = [](std::string_view, std::string_view) {
    return std::string("Invalid principal in policy");
  };
  for (const DraftStatement& statement : draft.statements) {
    if (auto complaint = FirstBadPrincipal(statement.any_principal(), context.options.partition, say)) {
      return complaint;
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckNotPrincipalOnlyDenies(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (statement.not_principal != nullptr && *statement.effect->AsString() == "Allow") {
      return ComplaintAt(*statement.not_principal, "Allow with NotPrincipal is not allowed.");
    }
  }
  return std::nullopt;
}

}  // namespace wardkeep::policy
