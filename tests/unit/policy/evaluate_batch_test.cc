// A batch gives for each question the decision that Evaluate gives for it alone, however questions share
// parts.
#include "wardkeep/batch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

PolicyPtr Make(const std::string& statements) {
  const ParseOutcome parsed =
      ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::kIdentity);
  EXPECT_NE(parsed.document, nullptr) << parsed.error->message;
  return Compile(*parsed.document);
}

// What one caller brings.
struct Caller {
  Request request;
  PolicyPtr policy;
  const CompiledPolicy* view[1] = {};
  PolicyIndexPtr index;
  PolicySet set;
};

std::vector<std::unique_ptr<Caller>> MakeCallers(int count) {
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < count; ++i) {
    auto caller = std::make_unique<Caller>();
    caller->request.principal.kind = PrincipalKind::kUser;
    caller->request.principal.account_id = "111122223333";
    caller->request.principal.arn = "arn:aws:iam::111122223333:user/u" + std::to_string(i);
    caller->request.action = "s3:GetObject";
    FillPrincipalKeys(caller->request.principal, {}, caller->request.context);
    caller->policy =
        Make(R"({"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/${aws:username}/*"},
                {"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/*/)" +
             std::to_string(i % 7) + "\"}");
    caller->view[0] = caller->policy.get();
    caller->set.identity = caller->view;
    if (i % 3 != 0) {
      caller->index = MakeIndex(caller->view);
      caller->set.identity = caller->index->policies();
      caller->set.indexes.identity = caller->index.get();
    }
    callers.push_back(std::move(caller));
  }
  return callers;
}

std::vector<std::string> MakeResources(int count) {
  std::vector<std::string> resources;
  for (int i = 0; i < count; ++i) {
    resources.push_back("arn:aws:s3:::b/u" + std::to_string(i % 5) + "/" + std::to_string(i));
  }
  return resources;
}

// How many of the batch were allowed; each decision is checked.
int CheckBatch(const std::vector<Question>& questions) {
  std::vector<Decision> decisions(questions.size());
  EvaluateBatch(questions, decisions);
  int allowed = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& question = questions[i];
    Request alone;
    alone.principal = *question.principal;
    alone.context = *question.context;
    alone.action = question.action;
    alone.resource = question.resource;
    alone.resource_account = question.resource_account;
    alone.wildcard_only = question.wildcard_only;
    EXPECT_EQ(decisions[i], Evaluate(alone, *question.policies)) << i;
    Explanation explanation;
    EXPECT_EQ(decisions[i], Evaluate(question, &explanation)) << i;
    if (decisions[i].allowed()) ++allowed;
  }
  return allowed;
}

TEST(EvaluateBatch, OneCallerAboutManyResources) {
  const auto callers = MakeCallers(2);
  const std::vector<std::string> resources = MakeResources(53);
  std::vector<Question> questions;
  for (const std::string& resource : resources) {
    questions.push_back(MakeQuestion(callers[1]->request, callers[1]->set));
    questions.back().resource = resource;
  }
  EXPECT_EQ(CheckBatch(questions), 10);  // 1, 6, 11, ..., 51 but for the denied 1
}

TEST(EvaluateBatch, ManyCallersAboutOneResource) {
  const auto callers = MakeCallers(40);
  std::vector<Question> questions;
  for (const auto& caller : callers) {
    questions.push_back(MakeQuestion(caller->request, caller->set));
    questions.back().resource = "arn:aws:s3:::b/u17/9";
  }
  EXPECT_EQ(CheckBatch(questions), 1);
}

TEST(EvaluateBatch, AnyMixInAnyOrder) {
  const auto callers = MakeCallers(9);
  const std::vector<std::string> resources = MakeResources(30);
  std::vector<Question> questions;
  for (std::size_t i = 0; i < 270; ++i) {
    const Caller& caller = *callers[i * 5 % callers.size()];
    questions.push_back(MakeQuestion(caller.request, caller.set));
    questions.back().resource = resources[i % resources.size()];
    questions.back().action = i % 4 == 0 ? "s3:PutObject" : i % 4 == 1 ? "S3:GETOBJECT" : "s3:GetObjectAcl";
    questions.back().wildcard_only = i % 11 == 0;
    if (i % 13 == 0) questions.back().resource_account = "444455556666";
  }
  EXPECT_GT(CheckBatch(questions), 10);
}

TEST(EvaluateBatch, NoQuestions) {
  EvaluateBatch({}, {});
}

}  // namespace
}  // namespace wardkeep::policy
