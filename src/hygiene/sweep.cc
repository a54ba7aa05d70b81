#include "hygiene/sweep.h"

#include <future>
#include <memory>
#include <utility>

#include "base/time_text.h"

namespace wardkeep::hygiene {
namespace {

struct Judged {
  Finding finding;
  Action action = Action::kNone;
};

Finding FindingOf(const base::AccountId& account, const entity::User& user, const std::string& key_id,
                  const Verdict& verdict) {
  return {account,     user.name,
          key_id,      verdict.reason,
          verdict.due, verdict.action == Action::kAwait || verdict.action == Action::kDeactivate};
}

// The verdicts on everything a user has.
std::vector<Judged> JudgeUser(const base::AccountId& account, const entity::User& user, const Rules& rules,
                              const snapshot::UsageTracker& usage, base::Instant now) {
  std::vector<Judged> judged;
  const auto take = [&](const std::string& key_id, const Verdict& verdict) {
    if (verdict.action != Action::kNone) {
      judged.push_back({FindingOf(account, user, key_id, verdict), verdict.action});
    }
  };
  for (const entity::AccessKey& key : user.access_keys) {
    if (key.status != entity::KeyStatus::kActive) continue;
    const auto use = usage.KeyUsage(key.id);
    const CredentialFacts facts{key.create_date, key.status_changed,
                                use ? std::optional(use->date) : std::nullopt, key.hygiene_warned};
    take(key.id, JudgeKey(facts, rules, now));
  }
  if (user.login_profile) {
    const entity::LoginProfile& profile = *user.login_profile;
    const CredentialFacts facts{profile.create_date, profile.password_changed, user.password_last_used,
                                profile.hygiene_warned};
    take("", JudgePassword(facts, rules, now));
  }
  return judged;
}

void ApplyToKey(entity::AccessKey& key, Action action, base::Instant now) {
  if (action == Action::kWarn) key.hygiene_warned = now;
  if (action == Action::kForget) key.hygiene_warned.reset();
  if (action != Action::kDeactivate) return;
  key.status = entity::KeyStatus::kInactive;
  key.status_changed = now;
  key.hygiene_warned.reset();
}

void ApplyToPassword(entity::User& user, Action action, base::Instant now) {
  if (action == Action::kWarn) user.login_profile->hygiene_warned = now;
  if (action == Action::kForget) user.login_profile->hygiene_warned.reset();
  if (action == Action::kDeactivate) user.login_profile.reset();
}

// True when something of the user changed.
bool Apply(entity::User& user, const std::vector<Judged>& judged, base::Instant now) {
  bool changed = false;
  for (const Judged& one : judged) {
    if (one.action == Action::kAwait) continue;
    changed = true;
    if (one.finding.access_key_id.empty()) {
      ApplyToPassword(user, one.action, now);
      continue;
    }
    for (entity::AccessKey& key : user.access_keys) {
      if (key.id == one.finding.access_key_id) ApplyToKey(key, one.action, now);
    }
  }
  return changed;
}

void Log(const log::Logger& logger, const Judged& one) {
  if (one.action != Action::kWarn && one.action != Action::kDeactivate) return;
  const std::string due = base::FormatIso8601(one.finding.due);  // fields only point
  const log::Field fields[] = {{"account", one.finding.account.value()},
                               {"user", one.finding.user},
                               {"credential", one.finding.access_key_id.empty() ? std::string_view("password")
                                                                                : one.finding.access_key_id},
                               {"reason", ReasonText(one.finding.reason)},
                               {"due", due}};
  const bool warns = one.action == Action::kWarn;
  logger.Write(log::Level::kWarning,
               warns ? "credential will be deactivated" : "credential deactivated by hygiene rule", fields);
}

}  // namespace

Sweep::Sweep(std::vector<AccountRules> rules, snapshot::Directory& directory,
             const snapshot::UsageTracker& usage, const base::Clock& clock, const log::Logger& logger)
    : rules_(std::move(rules)), directory_(directory), usage_(usage), clock_(clock), logger_(logger) {}

void Sweep::SweepAccount(const base::AccountId& account, const Rules& rules) const {
  std::vector<Judged> done;
  const base::Instant now = clock_.Now();
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    std::vector<entity::User> changed;
    edit.state().users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
      auto judged = JudgeUser(account, *user, rules, usage_, now);
      if (judged.empty()) return;
      entity::User copy = *user;
      if (!Apply(copy, judged, now)) return;
      changed.push_back(std::move(copy));
      done.insert(done.end(), judged.begin(), judged.end());
    });
    for (entity::User& user : changed) edit.PutUser(std::move(user));
    return edit.changed();
  };
  const auto durable = std::make_shared<std::promise<base::Result<void>>>();
  auto outcome = durable->get_future();
  if (!directory_.Write(account, mutate,
                        [durable](const base::Result<void>& result) { durable->set_value(result); })) {
    return;
  }
  if (const auto result = outcome.get(); !result) {
    logger_.Error("hygiene rules could not be applied",
                  {{"account", account.value()}, {"cause", result.error().ToString()}});
    return;
  }
  for (const Judged& one : done) Log(logger_, one);
}

void Sweep::Run() const {
  for (const base::AccountId& account : directory_.ListAccounts()) {
    if (const Rules* rules = RulesOf(rules_, account)) SweepAccount(account, *rules);
  }
}

std::vector<Finding> Sweep::Findings() const {
  std::vector<Finding> findings;
  const base::Instant now = clock_.Now();
  for (const base::AccountId& account : directory_.ListAccounts()) {
    const Rules* rules = RulesOf(rules_, account);
    const snapshot::AccountStatePtr state = rules == nullptr ? nullptr : directory_.Find(account);
    if (state == nullptr) continue;
    state->users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
      for (Judged& one : JudgeUser(account, *user, *rules, usage_, now)) {
        if (one.action != Action::kForget) findings.push_back(std::move(one.finding));
      }
    });
  }
  return findings;
}

}  // namespace wardkeep::hygiene
