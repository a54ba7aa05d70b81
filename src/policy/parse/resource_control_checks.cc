#include "policy/parse/resource_control_checks.h"

#include "catalog/action_catalogue.h"

namespace wardkeep::policy {
namespace {

bool IsOnlyStar(const json::Value* element) {
  const std::vector<LocatedText> texts = TextsOf(element);
  return texts.size() == 1 && *texts.front().text == "*";
}

// "*" or {"AWS": "*"}.
bool IsEveryone(const json::Value* principal) {
  if (principal == nullptr) return false;
  if (principal->is_string()) return true;  // nothing but "*" passes as a text
  return principal->members().size() == 1 && principal->members().front().key == "AWS" &&
         IsOnlyStar(&principal->members().front().value);
}

// Only the actions of some services, which AWS lists (4.3), may be named.
bool NamesAService(std::string_view action) {
  const auto service = catalog::FindService(action.substr(0, action.find(':')));
  return service && service->has_resource_control;
}

// Allow * on * to everyone, without conditions: what AWS attaches everywhere.
bool IsFullAccess(const DraftStatement& statement) {
  return *statement.effect->AsString() == "Allow" && IsEveryone(statement.principal) &&
         IsOnlyStar(statement.action) && IsOnlyStar(statement.resource) && statement.tests.empty();
}

bool Excused(const DraftStatement& statement, const CheckContext& context) {
  return context.options.accept_full_access_rcp && IsFullAccess(statement);
}

}  // namespace

std::optional<Complaint> CheckDeniesOnly(const Draft& draft, const CheckContext& context) {
  for (const DraftStatement& statement : draft.statements) {
    if (*statement.effect->AsString() != "Deny" && !Excused(statement, context)) {
      return ComplaintAt(*statement.effect, "A resource control policy can only deny.");
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckPrincipalIsStar(const Draft& draft, const CheckContext&) {
  for (const DraftStatement& statement : draft.statements) {
    if (!IsEveryone(statement.principal)) {
      return Complaint{"The principal of a resource control policy must be \"*\".", statement.offset()};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> CheckActionsNameAService(const Draft& draft, const CheckContext& context) {
  for (const DraftStatement& statement : draft.statements) {
    if (statement.not_action != nullptr) {
      return ComplaintAt(*statement.not_action, "A resource control policy cannot hold NotAction.");
    }
    if (Excused(statement, context)) continue;
    for (const LocatedText& action : TextsOf(statement.action)) {
      if (!NamesAService(*action.text)) {
        return Complaint{
            "The actions of a resource control policy must be those of a service that supports it.",
            action.offset};
      }
    }
  }
  return std::nullopt;
}

}  // namespace wardkeep::policy
