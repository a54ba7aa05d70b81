#include "service/iam/human_readable_summary.h"

#include <string>
#include <vector>

#include "api/iam/types.h"
#include "base/join.h"
#include "base/utf8.h"
#include "entity/arn.h"
#include "service/iam/delegation_state.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

constexpr std::size_t kMaxSummary = 10'000;
constexpr std::string_view kCut = "...";
constexpr std::string_view kLocale = "en";

std::string DurationText(int32_t seconds) {
  const int32_t minutes = (seconds + 59) / 60;
  if (minutes % 60 == 0) return std::to_string(minutes / 60) + (minutes == 60 ? " hour" : " hours");
  return std::to_string(minutes) + " minutes";
}

std::string StatementText(const policy::Statement& statement) {
  std::string text = statement.effect == policy::Effect::kAllow ? "It may do " : "It may not do ";
  text += (statement.not_action ? "everything except " : "") + base::Join(statement.actions, ", ") + " on ";
  text += (statement.not_resource ? "everything except " : "") + base::Join(statement.resources, ", ");
  if (!statement.conditions.empty()) {
    std::vector<std::string> keys;
    for (const auto& test : statement.conditions) keys.push_back(test.key);
    text += ", under conditions on " + base::Join(keys, ", ");
  }
  return text + ".";
}

std::string SummaryOf(const entity::DelegationRequest& request, const policy::Document& wanted) {
  std::string text = "Account " + request.requestor.value();
  if (!request.requestor_name.empty()) text += " (" + request.requestor_name + ")";
  text += " asks for access for " + DurationText(request.session_duration) + ": " + request.description;
  for (const policy::Statement& statement : wanted.statements) text += "\n" + StatementText(statement);
  if (text.size() > kMaxSummary)
    text = std::string(base::BeginningOf(text, kMaxSummary - kCut.size())).append(kCut);
  return text;
}

ApiResult<api::iam::GetHumanReadableSummaryResponse> GetSummary(
    const ReadContext& context, const api::iam::GetHumanReadableSummaryRequest& request) {
  const auto parts = entity::SplitArn(*request.entity_arn);
  const auto name = parts ? entity::SplitEntityResource(parts->resource) : std::nullopt;
  api::iam::GetHumanReadableSummaryResponse response;
  response.locale = std::string(kLocale);
  if (!name || name->kind != "delegation-request") {
    response.summary_state = "NOT_SUPPORTED";
    return response;
  }
  const bool own = parts->account == context.account.id().value();
  WK_ASSIGN(const entity::DelegationRequest* found,
            RequireDelegationRequest(context.account, own ? name->name : "", context.now));
  const auto wanted = policy::ParseDocument(found->policy, policy::DocumentKind::kIdentity);
  if (wanted.document == nullptr) {
    response.summary_state = "FAILED";
    return response;
  }
  response.summary_content = SummaryOf(*found, *wanted.document);
  response.summary_state = "AVAILABLE";
  return response;
}

}  // namespace

void RegisterHumanReadableSummary(pipeline::Registry& registry) {
  registry.Read("iam", "GetHumanReadableSummary", GetSummary);
}

}  // namespace wardkeep::service::iam
