#include "snapshot/verify_store.h"

#include <utility>

#include "snapshot/body_reader.h"
#include "snapshot/load_state.h"

namespace wardkeep::snapshot {
namespace {

using storage::DocumentKind;

// Facts are no part of an account's state, which leaves them out.
bool IsFact(DocumentKind kind) {
  return kind == DocumentKind::kUsage || kind == DocumentKind::kActionUsage ||
         kind == DocumentKind::kSigninAttempt;
}

base::Result<void> CheckFact(const storage::Document& document) {
  BodyReader reader(std::string(storage::DocumentKindName(document.kind)), document.body);
  static_cast<void>(reader.root());
  auto outcome = reader.Finish();
  if (!outcome) outcome.error().message += " (`" + document.id + "`)";
  return outcome;
}

// The account is named by the finding already.
std::string WithoutAccount(const std::string& message, const base::AccountId& account) {
  for (const std::string& start :
       {"account `" + account.value() + "` is damaged: ", "account `" + account.value() + "`: ",
        "account `" + account.value() + "` "}) {
    if (message.starts_with(start)) return message.substr(start.size());
  }
  return message;
}

void CheckAccount(storage::Store& store, const base::AccountId& account, StoreReport& report) {
  const auto add = [&](const base::Error& error) {
    std::string what = WithoutAccount(error.message, account);
    if (!error.cause.empty()) what += " (" + error.cause + ")";
    report.findings.push_back({account.value(), std::move(what)});
  };
  auto documents = store.LoadAccount(account);
  if (!documents && documents.error().code == base::ErrorCode::kNotFound) return;
  ++report.accounts;
  if (!documents) return add(documents.error());
  report.documents += documents->size();
  for (const storage::Document& document : *documents) {
    if (!IsFact(document.kind)) continue;
    if (const auto checked = CheckFact(document); !checked) add(checked.error());
  }
  if (const auto state = LoadState(account, std::move(documents).value()); !state) add(state.error());
}

}  // namespace

base::Result<StoreReport> VerifyStore(storage::Store& store, const std::function<bool()>& go_on) {
  StoreReport report;
  WK_ASSIGN(const auto structure, store.CheckStructure());
  for (const std::string& what : structure) report.findings.push_back({"", what});
  WK_ASSIGN(const auto accounts, store.ListAccounts());
  for (const base::AccountId& account : accounts) {
    if (!go_on()) return base::Error(base::ErrorCode::kUnavailable, "the check was broken off");
    CheckAccount(store, account, report);
  }
  return report;
}

}  // namespace wardkeep::snapshot
