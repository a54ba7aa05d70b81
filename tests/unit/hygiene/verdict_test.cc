#include "hygiene/verdict.h"

#include <gtest/gtest.h>

namespace wardkeep::hygiene {
namespace {

// Days after some day.
base::Instant Day(int day) {
  return base::FromUnixSeconds(1'700'000'000 + day * 86'400LL);
}

constexpr std::chrono::seconds Days(int64_t days) {
  return std::chrono::hours(24 * days);
}

struct Case {
  const char* name;
  Rules rules;
  int changed;  // -1 never, as in the next two
  int last_used;
  int warned;
  int now;
  Action action;
  Reason reason;
  int due;
};

// max_key_age, unused_keys, unused_passwords, notice
constexpr Rules kAge90 = {Days(90), {}, {}, Days(7)};
constexpr Rules kUnused45 = {{}, Days(45), {}, Days(7)};
constexpr Rules kBoth = {Days(90), Days(45), {}, Days(7)};
constexpr Rules kNoRule = {{}, {}, Days(1), Days(7)};

constexpr Reason kOld = Reason::kKeyTooOld;
constexpr Reason kUnused = Reason::kKeyUnused;

// Every key was made on day 0.
constexpr Case kKeys[] = {
    {"no rule for keys", kNoRule, -1, -1, -1, 1000, Action::kNone, kOld, 0},
    {"young", kAge90, -1, 80, -1, 82, Action::kNone, kOld, 0},
    {"notice a week before", kAge90, -1, 80, -1, 83, Action::kWarn, kOld, 90},
    {"noted late", kAge90, -1, 80, -1, 88, Action::kWarn, kOld, 95},
    {"far past when the rule was made", kAge90, -1, 80, -1, 500, Action::kWarn, kOld, 507},
    {"before the end", kAge90, -1, 80, 83, 89, Action::kAwait, kOld, 90},
    {"at the end", kAge90, -1, 80, 83, 90, Action::kDeactivate, kOld, 90},
    {"end put off by a late notice", kAge90, -1, 80, 88, 94, Action::kAwait, kOld, 95},
    {"after a late notice", kAge90, -1, 80, 88, 95, Action::kDeactivate, kOld, 95},
    {"never used", kUnused45, -1, -1, -1, 38, Action::kWarn, kUnused, 45},
    {"used", kUnused45, -1, 30, -1, 60, Action::kNone, kUnused, 0},
    {"used long ago", kUnused45, -1, 30, -1, 68, Action::kWarn, kUnused, 75},
    {"used after the notice", kUnused45, -1, 44, 38, 45, Action::kForget, kUnused, 0},
    {"activated again", kUnused45, 100, 10, -1, 101, Action::kNone, kUnused, 0},
    {"activated again and not used", kUnused45, 100, 10, -1, 138, Action::kWarn, kUnused, 145},
    {"activated again but too old", kAge90, 100, 100, -1, 100, Action::kWarn, kOld, 107},
    {"the earlier rule counts", kBoth, -1, 40, -1, 78, Action::kWarn, kUnused, 85},
    {"the other rule counts", kBoth, -1, 70, -1, 83, Action::kWarn, kOld, 90},
};

CredentialFacts FactsOf(const Case& one) {
  const auto day = [](int number) { return number < 0 ? std::nullopt : std::optional(Day(number)); };
  return {Day(0), day(one.changed), day(one.last_used), day(one.warned)};
}

TEST(HygieneVerdict, OfKeys) {
  for (const Case& one : kKeys) {
    const Verdict verdict = JudgeKey(FactsOf(one), one.rules, Day(one.now));
    EXPECT_EQ(verdict.action, one.action) << one.name;
    if (one.due == 0) continue;
    EXPECT_EQ(verdict.reason, one.reason) << one.name;
    EXPECT_EQ(verdict.due, Day(one.due)) << one.name;
  }
}

TEST(HygieneVerdict, OfPasswords) {
  const Rules rules = {Days(1), Days(1), Days(60), Days(7)};
  CredentialFacts facts{Day(0), Day(10), Day(20), std::nullopt};
  EXPECT_EQ(JudgePassword(facts, rules, Day(72)).action, Action::kNone);
  const Verdict warn = JudgePassword(facts, rules, Day(73));
  EXPECT_EQ(warn.action, Action::kWarn);
  EXPECT_EQ(warn.reason, Reason::kPasswordUnused);
  EXPECT_EQ(warn.due, Day(80));
  facts.warned = Day(73);
  EXPECT_EQ(JudgePassword(facts, rules, Day(79)).action, Action::kAwait);
  EXPECT_EQ(JudgePassword(facts, rules, Day(80)).action, Action::kDeactivate);
  facts.changed = Day(75);
  EXPECT_EQ(JudgePassword(facts, rules, Day(80)).action, Action::kForget);
  EXPECT_EQ(JudgePassword(facts, kAge90, Day(1000)).action, Action::kForget);
}

}  // namespace
}  // namespace wardkeep::hygiene
