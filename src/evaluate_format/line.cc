#include "evaluate_format/line.h"

#include "evaluate_format/answer.h"
#include "evaluate_format/decide.h"
#include "evaluate_format/document_line.h"
#include "evaluate_format/members.h"
#include "evaluate_format/parse.h"
#include "evaluate_format/policies.h"
#include "evaluate_format/request.h"

namespace wardkeep::evaluate_format {
namespace {

EvaluateResult<std::string> Answer(const json::Value& line, std::string_view text, bool explain) {
  WK_TRY(ExpectObject(line, "the line"));
  if (IsDocumentLine(line)) return AnswerDocumentLine(line, text);
  const json::Value* request_member = line.Find("request");
  if (request_member == nullptr) return InvalidInput("request is missing");
  WK_ASSIGN(const policy::Request request, ReadRequest(*request_member));
  const json::Value* policies_member = line.Find("policies");
  if (policies_member == nullptr) return InvalidInput("policies is missing");
  EvaluatePolicies policies;
  WK_TRY(policies.Read(*policies_member, text, IsTrustRequest(request)));
  policy::Explanation explanation;
  policy::Explanation* wanted = explain ? &explanation : nullptr;
  WK_ASSIGN(const policy::Decision decision, Decide(request, BytesOf(request), policies, wanted));
  return WriteAnswer(line.Find("id"), decision, policies, wanted);
}

}  // namespace

std::string EvaluateLine(std::string_view line, std::size_t number, bool explain, bool* ok) {
  *ok = false;
  const EvaluateResult<ParsedText> parsed = ParseText(line);
  if (!parsed) return WriteError(nullptr, parsed.error(), number);
  EvaluateResult<std::string> answer = Answer(parsed->root, line, explain);
  if (answer && !parsed->repeated) {
    *ok = true;
    return std::move(*answer);
  }
  return WriteError(parsed->root.Find("id"), answer ? *parsed->repeated : answer.error(), number);
}

}  // namespace wardkeep::evaluate_format
