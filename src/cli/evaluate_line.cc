#include "cli/evaluate_line.h"

#include <limits>

#include "base/clock.h"
#include "cli/document_line.h"
#include "cli/evaluate_answer.h"
#include "cli/evaluate_members.h"
#include "cli/evaluate_policies.h"
#include "cli/evaluate_request.h"
#include "json/parse.h"
#include "policy/condition/date_value.h"
#include "policy/evaluate/request_facts.h"
#include "timezone/recurring_time.h"

namespace wardkeep::cli {
namespace {

using LineResult = base::Result<json::Value, json::ParseError>;

// The moment of the request: aws:CurrentTime if it has one that can be read, else now.
base::Instant MomentOf(const policy::RequestContext& context) {
  constexpr int64_t kMostSeconds = std::numeric_limits<int64_t>::max() / 2'000'000;
  const policy::RequestContext::Entry* entry = context.Find("aws:CurrentTime");
  if (entry != nullptr && entry->values.size() == 1) {
    const std::optional<policy::DateValue> date = policy::ParseDate(entry->values.front());
    if (date && date->seconds > -kMostSeconds && date->seconds < kMostSeconds) {
      return base::FromUnixSeconds(date->seconds);
    }
  }
  return base::SystemClock().Now();
}

EvaluateResult<std::string> Answer(const json::Value& line, std::string_view text, bool explain) {
  WK_TRY(ExpectObject(line, "the line"));
  if (IsDocumentLine(line)) return AnswerDocumentLine(line, text);
  WK_ASSIGN(policy::Request request, ReadRequest(line));
  const bool is_trust =
      policy::IsTrustAction(request.action) && policy::IsRoleArn(policy::SplitArn(request.resource));
  EvaluatePolicies policies;
  WK_TRY(policies.Read(line, text, is_trust));
  // A task policy beside root is that of AssumeRoot.
  request.principal.is_assumed_root =
      request.principal.kind == policy::PrincipalKind::kRoot && policies.set().session.has_value();
  policy::FillPrincipalKeys(request.principal, {}, request.context);
  timezone::FillRecurringTimeKeys(MomentOf(request.context), policies.ContextKeys(), request.context);
  policy::Explanation explanation;
  const policy::Decision decision =
      policy::Evaluate(request, policies.set(), explain ? &explanation : nullptr);
  return WriteAnswer(line.Find("id"), decision, policies, explain ? &explanation : nullptr);
}

EvaluateError FromParseError(const json::ParseError& error) {
  return {"InvalidJson", error.message + " at column " + std::to_string(error.offset + 1), {}, {}};
}

}  // namespace

std::string EvaluateLine(std::string_view line, std::size_t number, bool explain, bool* ok) {
  *ok = true;
  LineResult parsed = json::Parse(line);
  // A repeated member of a document is AWS's business; elsewhere it is refused.
  std::optional<EvaluateError> repeated;
  if (!parsed && parsed.error().code == json::ParseErrorCode::kDuplicateMember) {
    repeated = FromParseError(parsed.error());
    json::ParseLimits limits;
    limits.duplicates = json::Duplicates::kKeep;
    parsed = json::Parse(line, limits);
  }
  if (!parsed) {
    *ok = false;
    return WriteError(nullptr, FromParseError(parsed.error()), number);
  }
  const EvaluateResult<std::string> answer = Answer(*parsed, line, explain);
  if (answer && !repeated) return *answer;
  *ok = false;
  return WriteError(parsed->Find("id"), answer ? *repeated : answer.error(), number);
}

}  // namespace wardkeep::cli
