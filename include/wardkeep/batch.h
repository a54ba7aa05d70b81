// Many decisions in one call: one caller about many resources, many callers about one resource, or any mix.
// Each decision is the one that Evaluate gives for the same parts. Worth its while where the policies of
// different callers lie scattered in memory: what the next questions need is fetched while the ones before
// are decided. Allocates nothing (but see Request::action: names over 128 bytes), takes no lock, thread-safe.
//
//   std::vector<Question> questions;
//   for (const std::string& arn : arns) {  // one caller, many resources
//     Question question = MakeQuestion(request, policies);
//     question.resource = arn;
//     questions.push_back(question);
//   }
//   std::vector<Decision> decisions(questions.size());
//   EvaluateBatch(questions, decisions);
#pragma once

#include <span>
#include <string_view>

#include "wardkeep/decision.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {

// The parts of a Request and the policies that bear on it, as views, so that questions can share them: a
// caller, a context, a set of policies. The members mean what they mean in Request; none of the pointers may
// be null, and all they point at must outlive the call. A context key that follows the resource
// (aws:ResourceAccount, aws:ResourceTag/*) needs a context of its own for each resource.
struct Question {
  const Principal* principal = nullptr;
  const RequestContext* context = nullptr;
  const PolicySet* policies = nullptr;
  std::string_view action;
  std::string_view resource;
  std::string_view resource_account;
  bool wildcard_only = false;
};

inline Question MakeQuestion(const Request& request, const PolicySet& policies) {
  return {.principal = &request.principal,
          .context = &request.context,
          .policies = &policies,
          .action = request.action,
          .resource = request.resource,
          .resource_account = request.resource_account,
          .wildcard_only = request.wildcard_only};
}

// As Evaluate in evaluate.h.
Decision Evaluate(const Question& question, Explanation* explanation = nullptr);

// Writes the decision of questions[i] to decisions[i], which must hold as many.
void EvaluateBatch(std::span<const Question> questions, std::span<Decision> decisions);

}  // namespace wardkeep::policy
