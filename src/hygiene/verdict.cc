#include "hygiene/verdict.h"

#include <algorithm>
#include <array>

namespace wardkeep::hygiene {
namespace {

constexpr std::array<std::string_view, 3> kReasonTexts = {"access key is too old", "access key is not used",
                                                          "password is not used"};

// The end that one rule sets.
struct End {
  base::Instant moment;
  Reason reason;
};

base::Instant LastSign(const CredentialFacts& facts) {
  return std::max(
      {facts.created, facts.changed.value_or(facts.created), facts.last_used.value_or(facts.created)});
}

void Earlier(std::optional<End>& end, base::Instant moment, Reason reason) {
  if (!end || moment < end->moment) end = End{moment, reason};
}

Verdict Judge(const std::optional<End>& end, const CredentialFacts& facts, const Rules& rules,
              base::Instant now) {
  if (!end || now < end->moment - rules.notice) {
    return {facts.warned ? Action::kForget : Action::kNone, {}, {}};
  }
  if (!facts.warned) return {Action::kWarn, end->reason, std::max(end->moment, now + rules.notice)};
  const base::Instant due = std::max(end->moment, *facts.warned + rules.notice);
  return {now < due ? Action::kAwait : Action::kDeactivate, end->reason, due};
}

}  // namespace

std::string_view ReasonText(Reason reason) {
  return kReasonTexts[static_cast<std::size_t>(reason)];
}

Verdict JudgeKey(const CredentialFacts& facts, const Rules& rules, base::Instant now) {
  std::optional<End> end;
  if (rules.max_key_age.count() > 0) Earlier(end, facts.created + rules.max_key_age, Reason::kKeyTooOld);
  if (rules.unused_keys.count() > 0) Earlier(end, LastSign(facts) + rules.unused_keys, Reason::kKeyUnused);
  return Judge(end, facts, rules, now);
}

Verdict JudgePassword(const CredentialFacts& facts, const Rules& rules, base::Instant now) {
  std::optional<End> end;
  if (rules.unused_passwords.count() > 0) {
    Earlier(end, LastSign(facts) + rules.unused_passwords, Reason::kPasswordUnused);
  }
  return Judge(end, facts, rules, now);
}

}  // namespace wardkeep::hygiene
