#include "snapshot/signin_history.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

// The ids of the documents: what kind of attempt, then the slot.
constexpr std::string_view kSuccessSlot = "success-";
constexpr std::string_view kOtherSlot = "attempt-";

std::size_t SlotOf(std::string_view id) {
  const std::string_view number = id.substr(id.rfind('-') + 1);
  std::size_t slot = 0;
  std::from_chars(number.data(), number.data() + number.size(), slot);
  return slot;
}

void Keep(std::deque<NumberedAttempt>& attempts, NumberedAttempt attempt) {
  attempts.push_back(std::move(attempt));
  if (attempts.size() > SigninHistory::kKept) attempts.pop_front();
}

}  // namespace

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
  struct Loaded {
    NumberedAttempt read;
    std::string id;
  };
  std::map<base::AccountId, std::vector<Loaded>> loaded;
  for (const auto& document : documents) {
    WK_ASSIGN(NumberedAttempt read, DecodeSigninAttempt(document));
    loaded[document.account].push_back({std::move(read), document.id});
  }
  const std::lock_guard lock(mutex_);
  for (auto& [account, attempts] : loaded) {
    std::ranges::sort(attempts, {}, [](const Loaded& one) { return one.read.number; });
    Rings& rings = rings_[account];
    rings.next_number = attempts.back().read.number + 1;
    for (Loaded& one : attempts) {
      // By the slot, not by the outcome: older versions kept successes among the others.
      Ring& slots = one.id.starts_with(kSuccessSlot) ? rings.successes : rings.others;
      slots.next_slot = (SlotOf(one.id) + 1) % kKept;
      Keep(rings.Of(one.read.attempt).attempts, std::move(one.read));
    }
  }
  return {};
}

void SigninHistory::Record(const entity::SigninAttempt& attempt) {
  if (attempt.account.value().empty()) return;
  // The lock is held over the hand-over, so that the slots are written in the order of the numbers.
  const std::lock_guard lock(mutex_);
  Rings& rings = rings_[attempt.account];
  Ring& ring = rings.Of(attempt);
  const uint64_t number = rings.next_number++;
  const std::size_t slot = std::exchange(ring.next_slot, (ring.next_slot + 1) % kKept);
  Keep(ring.attempts, {number, attempt});
  const std::string_view kind = &ring == &rings.successes ? kSuccessSlot : kOtherSlot;
  std::vector<storage::DocumentWrite> writes;
  writes.push_back({storage::DocumentKind::kSigninAttempt, std::string(kind) + std::to_string(slot), "",
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
  const auto found = rings_.find(account);
  if (found == rings_.end()) return {};
  const auto& successes = found->second.successes.attempts;
  const auto& others = found->second.others.attempts;
  auto success = successes.rbegin();
  auto other = others.rbegin();
  std::vector<entity::SigninAttempt> newest;
  while (newest.size() < count && (success != successes.rend() || other != others.rend())) {
    const bool take_success =
        success != successes.rend() && (other == others.rend() || success->number > other->number);
    newest.push_back(take_success ? (success++)->attempt : (other++)->attempt);
  }
  return newest;
}

}  // namespace wardkeep::snapshot
