#include "hygiene/rules.h"

#include <gtest/gtest.h>

namespace wardkeep::hygiene {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(HygieneRules, SaysWhatItWasGiven) {
  const auto rules =
      ParseAccountRules("123456789012  max-key-age=90d unused-keys=45m unused-passwords=60h notice=3s");
  ASSERT_TRUE(rules) << rules.error().ToString();
  EXPECT_EQ(rules->account, "123456789012");
  EXPECT_EQ(rules->rules.max_key_age, hours(90 * 24));
  EXPECT_EQ(rules->rules.unused_keys, seconds(45 * 60));
  EXPECT_EQ(rules->rules.unused_passwords, hours(60));
  EXPECT_EQ(rules->rules.notice, seconds(3));
}

TEST(HygieneRules, WhatIsNotSaidIsOffAndNoticeIsAWeek) {
  const auto rules = ParseAccountRules("* unused-keys=1d");
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->rules.max_key_age.count(), 0);
  EXPECT_EQ(rules->rules.unused_passwords.count(), 0);
  EXPECT_EQ(rules->rules.notice, hours(7 * 24));
}

TEST(HygieneRules, OtherTextsAreRefused) {
  for (const char* text :
       {"", " ", "*", "all unused-keys=1d", "12345678901 unused-keys=1d", "* notice=1d", "* unused-keys",
        "* unused-keys=", "* unused-keys=0d", "* unused-keys=-1d", "* unused-keys=1", "* unused-keys=1w",
        "* unused-keys=1dd", "* unused-keys=99999999999999999999d", "* unused-keys=4000d", "* unused_keys=1d",
        "unused-keys=1d"}) {
    EXPECT_FALSE(ParseAccountRules(text)) << text;
  }
}

TEST(HygieneRules, AnAccountsOwnRulesComeBeforeThoseOfAll) {
  const std::vector<AccountRules> all = {*ParseAccountRules("* unused-keys=1d"),
                                         *ParseAccountRules("123456789012 max-key-age=2d")};
  EXPECT_EQ(RulesOf(all, base::AccountId("123456789012"))->unused_keys.count(), 0);
  EXPECT_EQ(RulesOf(all, base::AccountId("210987654321"))->unused_keys, hours(24));
  EXPECT_EQ(RulesOf({all[1]}, base::AccountId("210987654321")), nullptr);
}

}  // namespace
}  // namespace wardkeep::hygiene
