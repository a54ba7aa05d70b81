#include "service/iam/permission_check.h"

#include <string>

namespace wardkeep::service::iam {
namespace {

constexpr std::size_t kMaxQuestions = 500;

bool HasWildcard(std::string_view pattern) {
  return pattern.find_first_of("*?$") != std::string_view::npos;
}

// A pattern that no single grant of the caller covers as a whole may still be covered by several.
Coverage Ask(const pipeline::OperationContext& context, const std::string& action,
             const std::string& resource) {
  pipeline::AccessQuestion question;
  question.action = action;
  question.resource = resource;
  const policy::Verdict verdict = context.authorizer.Decide(question).verdict;
  if (verdict == policy::Verdict::kAllowed) return Coverage::kAllowed;
  if (verdict == policy::Verdict::kExplicitDeny) return Coverage::kDenied;
  return HasWildcard(action) || HasWildcard(resource) ? Coverage::kUnsure : Coverage::kDenied;
}

// Denied beats unsure beats allowed.
Coverage Worse(Coverage a, Coverage b) {
  if (a == Coverage::kDenied || b == Coverage::kDenied) return Coverage::kDenied;
  return a == Coverage::kUnsure ? a : b;
}

}  // namespace

Coverage CheckCoverage(const pipeline::OperationContext& context, const policy::Document& wanted) {
  Coverage coverage = Coverage::kAllowed;
  std::size_t questions = 0;
  for (const policy::Statement& statement : wanted.statements) {
    if (statement.effect == policy::Effect::kDeny) continue;
    // What is granted by exception, or only sometimes, cannot be compared by asking.
    if (statement.not_action || statement.not_resource || !statement.conditions.empty()) {
      coverage = Worse(coverage, Coverage::kUnsure);
      continue;
    }
    questions += statement.actions.size() * statement.resources.size();
    if (questions > kMaxQuestions) return Worse(coverage, Coverage::kUnsure);
    for (const std::string& action : statement.actions) {
      for (const std::string& resource : statement.resources) {
        coverage = Worse(coverage, Ask(context, action, resource));
      }
    }
  }
  return coverage;
}

std::string_view CoverageName(Coverage coverage) {
  switch (coverage) {
    case Coverage::kAllowed:
      return "ALLOWED";
    case Coverage::kDenied:
      return "DENIED";
    case Coverage::kUnsure:
      return "UNSURE";
  }
  return "UNSURE";
}

}  // namespace wardkeep::service::iam
