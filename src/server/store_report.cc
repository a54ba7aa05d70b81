#include "server/store_report.h"

namespace wardkeep::server {
namespace {

constexpr std::string_view kNext =
    "Stop the server, keep a copy of the data folder as it is, put the newest backup that verifies without "
    "findings in its place, and start again (docs/operation.md). Until then the accounts named here are "
    "refused "
    "and the others work. A damaged disk or memory is the usual cause: look at the system's log first.";

}  // namespace

void WriteStoreReport(const snapshot::StoreReport& report, json::Writer& out) {
  out.BeginObject().Key("accounts").Int(static_cast<int64_t>(report.accounts));
  out.Key("documents").Int(static_cast<int64_t>(report.documents)).Key("findings").BeginArray();
  for (const snapshot::StoreFinding& finding : report.findings) {
    out.BeginObject();
    if (!finding.account.empty()) out.Key("account").String(finding.account);
    out.Key("what").String(finding.what).EndObject();
  }
  out.EndArray();
  if (!report.findings.empty()) out.Key("next").String(kNext);
  out.EndObject();
}

}  // namespace wardkeep::server
