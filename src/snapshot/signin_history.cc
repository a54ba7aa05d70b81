#include "snapshot/signin_history.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeSigninAttempt(const entity::SigninAttempt& attempt, uint64_t number) {
  json::Writer out = BeginBody();
  out.Key("number").Int(static_cast<int64_t>(number)).Key("id").String(attempt.id);
  WriteTime(out, "time", attempt.time);
  out.Key("event").Int(static_cast<int64_t>(attempt.event));
  out.Key("outcome").Int(static_cast<int64_t>(attempt.outcome));
  WriteText(out, "type", attempt.principal_type);
  WriteText(out, "arn", attempt.principal_arn);
  WriteText(out, "reason", attempt.reason);
  WriteFlag(out, "mfa", attempt.mfa_used);
  WriteText(out, "mfa_serial", attempt.mfa_serial);
  WriteText(out, "source", attempt.source_address);
  WriteText(out, "agent", attempt.user_agent);
  out.Key("suppressed").Int(attempt.suppressed);
  return EndBody(std::move(out));
}

base::Result<NumberedAttempt> DecodeSigninAttempt(const storage::Document& document) {
  BodyReader reader("signin_attempt", document.body);
  const BodyFields fields = reader.root();
  NumberedAttempt read;
  entity::SigninAttempt& attempt = read.attempt;
  read.number = static_cast<uint64_t>(fields.Int("number", 0, std::numeric_limits<int64_t>::max()));
  attempt.account = document.account;
  attempt.id = fields.Text("id");
  attempt.time = fields.Time("time");
  attempt.event = static_cast<entity::SigninEvent>(
      fields.Int("event", 0, static_cast<int64_t>(entity::SigninEvent::kSignOut)));
  attempt.outcome = static_cast<entity::SigninOutcome>(
      fields.Int("outcome", 0, static_cast<int64_t>(entity::SigninOutcome::kChallenge)));
  attempt.principal_type = fields.OptionalText("type");
  attempt.principal_arn = fields.OptionalText("arn");
  attempt.reason = fields.OptionalText("reason");
  attempt.mfa_used = fields.Flag("mfa");
  attempt.mfa_serial = fields.OptionalText("mfa_serial");
  attempt.source_address = fields.OptionalText("source");
  attempt.user_agent = fields.OptionalText("agent");
  attempt.suppressed =
      static_cast<uint32_t>(fields.Int("suppressed", 0, std::numeric_limits<uint32_t>::max()));
  WK_TRY(reader.Finish());
  return read;
}

base::Result<void> SigninHistory::Load(storage::Store& store) {
  WK_ASSIGN(const auto documents, store.LoadKind(storage::DocumentKind::kSigninAttempt));
  std::map<base::AccountId, std::vector<NumberedAttempt>> loaded;
  for (const auto& document : documents) {
    WK_ASSIGN(NumberedAttempt read, DecodeSigninAttempt(document));
    loaded[document.account].push_back(std::move(read));
  }
  const std::lock_guard lock(mutex_);
  for (auto& [account, attempts] : loaded) {
    std::sort(attempts.begin(), attempts.end(),
              [](const NumberedAttempt& a, const NumberedAttempt& b) { return a.number < b.number; });
    Ring& ring = rings_[account];
    ring.next = attempts.back().number + 1;
    for (NumberedAttempt& read : attempts) ring.attempts.push_back(std::move(read.attempt));
  }
  return {};
}

void SigninHistory::Record(const entity::SigninAttempt& attempt) {
  if (attempt.account.value().empty()) return;
  // The lock is held over the hand-over, so that the slots are written in the order of the numbers.
  const std::lock_guard lock(mutex_);
  Ring& ring = rings_[attempt.account];
  const uint64_t number = ring.next++;
  ring.attempts.push_back(attempt);
  if (ring.attempts.size() > kKept) ring.attempts.pop_front();
  std::vector<storage::DocumentWrite> writes;
  writes.push_back({storage::DocumentKind::kSigninAttempt, "attempt-" + std::to_string(number % kKept), "",
                    EncodeSigninAttempt(attempt, number)});
  directory_.WriteUsage(attempt.account, std::move(writes));
}

void SigninHistory::Forget(const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  rings_.erase(account);
}

std::vector<entity::SigninAttempt> SigninHistory::Newest(const base::AccountId& account,
                                                         std::size_t count) const {
  const std::lock_guard lock(mutex_);
  const auto ring = rings_.find(account);
  if (ring == rings_.end()) return {};
  const auto& attempts = ring->second.attempts;
  return {attempts.rbegin(),
          attempts.rbegin() + static_cast<std::ptrdiff_t>(std::min(count, attempts.size()))};
}

}  // namespace wardkeep::snapshot
