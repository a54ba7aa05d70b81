#include "service/iam/credential_report.h"

#include <chrono>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/credential_report_csv.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

// How long a report counts (data-formats section 6).
constexpr std::chrono::hours kReportAge{4};

bool IsCurrent(const std::optional<base::Instant>& started, base::Instant now) {
  return started && now - *started < kReportAge;
}

ApiResult<api::iam::GenerateCredentialReportResponse> GenerateCredentialReport(
    WriteContext& context, const api::iam::GenerateCredentialReportRequest&) {
  const entity::Account& account = context.account().account();
  api::iam::GenerateCredentialReportResponse response;
  if (IsCurrent(account.credential_report_started, context.now)) {
    response.state = "COMPLETE";
    return response;
  }
  entity::Account changed = account;
  changed.credential_report_started = context.now;
  context.edit.PutAccount(std::move(changed));
  response.state = "STARTED";
  response.description = "No report exists. Starting a new report generation task";
  return response;
}

ApiResult<api::iam::GetCredentialReportResponse> GetCredentialReport(
    const ReadContext& context, const api::iam::GetCredentialReportRequest&) {
  const std::optional<base::Instant>& started = context.account.account().credential_report_started;
  if (!started) return api::iam::CredentialReportNotPresent("Unknown");
  if (!IsCurrent(started, context.now)) {
    return api::iam::CredentialReportExpired("Credential report has expired.");
  }
  api::iam::GetCredentialReportResponse response;
  response.content = CredentialReportCsv(context.account, context.services.usage);
  response.report_format = "text/csv";
  response.generated_time = context.now;
  return response;
}

}  // namespace

void RegisterCredentialReport(pipeline::Registry& registry) {
  registry.Write("iam", "GenerateCredentialReport", GenerateCredentialReport);
  registry.Read("iam", "GetCredentialReport", GetCredentialReport);
}

}  // namespace wardkeep::service::iam
