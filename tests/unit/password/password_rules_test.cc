// Password rules: AWS's policy and default policy with their texts, the additions, the embedded list, the
// estimate of strength.
#include "password/password_rules.h"

#include <gtest/gtest.h>

#include "crypto/password_hash.h"
#include "password/common_passwords.h"
#include "password/history.h"
#include "password/plain_form.h"
#include "password/strength.h"

namespace wardkeep::password {
namespace {

const Owner kOwner{.user_name = "alice.smythe",
                   .account_name = "Northwind Traders",
                   .account_alias = "northwind",
                   .email = "owner@example.com"};

TEST(PasswordRules, DefaultPolicyIsThatOfAws) {
  struct Case {
    const char* password;
    const char* violation;  // empty: allowed
  };
  const Case cases[] = {
      {"Abcdef12", ""},
      {"abcdef1!", ""},
      {"Abc1!", "Password should have a minimum length of 8"},
      {"abcdefg1",
       "Password should meet 1 more of the following requirements: Password should have at least one "
       "uppercase letter, "
       "Password should have at least one symbol"},
      {"abcdefgh",
       "Password should meet 2 more of the following requirements: Password should have at least one "
       "uppercase letter, "
       "Password should have at least one number, Password should have at least one symbol"},
      {"abc",
       "Password should have a minimum length of 8, Password should meet 2 more of the following "
       "requirements: Password "
       "should have at least one uppercase letter, Password should have at least one number, Password should "
       "have at "
       "least one symbol"},
      {"\xc3\xa4\xc3\xb6\xc3\xbc"
       "Aa1!",
       "Password should have a minimum length of 8"},
      {"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa9"
       "Aa1!",
       ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FindViolation(c.password, std::nullopt, {}, kOwner).value_or(""), c.violation) << c.password;
  }
  Owner owner = kOwner;
  owner.email = "Owner1@example.com";
  EXPECT_EQ(FindViolation("owner1@Example.com", std::nullopt, {}, owner),
            "Password should not be the account name or email address");
}

TEST(PasswordRules, PolicyOfTheAccountReplacesTheDefault) {
  entity::PasswordPolicy policy;
  EXPECT_FALSE(FindViolation("aaaaaa", policy, {}, kOwner));
  EXPECT_EQ(FindViolation("aaaaa", policy, {}, kOwner), "Password should have a minimum length of 6");
  policy.minimum_length = 14;
  policy.require_uppercase = policy.require_lowercase = policy.require_numbers = policy.require_symbols =
      true;
  EXPECT_EQ(FindViolation("~", policy, {}, kOwner),
            "Password should have a minimum length of 14, Password should have at least one uppercase "
            "letter, Password "
            "should have at least one lowercase letter, Password should have at least one number, Password "
            "should have "
            "at least one symbol");
  EXPECT_FALSE(FindViolation("Aa1|aaaaaaaaaa", policy, {}, kOwner));
  for (const char symbol : std::string_view("!@#$%^&*()_+-=[]{}|'")) {
    EXPECT_FALSE(FindViolation(std::string("Aa1aaaaaaaaaa") + symbol, policy, {}, kOwner)) << symbol;
  }
}

TEST(PasswordRules, CommonWordsAreRefusedWhenSwitchedOn) {
  const char* refused[] = {"password",      "P4$$w0rd",     "Password2024!",   "12345678",
                           "Qwertyuiop1",   "!Michael1987", "xAlice.SmytheX1", "N0rthwind-99",
                           "W4rdk33p-2025", "owner-XY-77"};
  const char* allowed[] = {"correcthorsebatterystaple", "xK9-pq!vLm2", "tide-lantern-cobalt-42"};
  entity::PasswordPolicy policy;
  for (const char* password : refused) {
    EXPECT_FALSE(FindViolation(password, policy, {}, kOwner)) << "off unless set: " << password;
    EXPECT_TRUE(FindViolation(password, policy, {.refuse_common = true}, kOwner)) << password;
  }
  for (const char* password : allowed) {
    EXPECT_FALSE(FindViolation(password, policy, {.refuse_common = true}, kOwner)) << password;
  }
}

TEST(PasswordRules, StrengthIsRefusedBelowTheMinimum) {
  entity::PasswordPolicy policy;
  EXPECT_EQ(FindViolation("Password1!", policy, {.minimum_strength = 40}, kOwner),
            "Password should be harder to guess");
  EXPECT_FALSE(FindViolation("xK9-pq!vLm2", policy, {.minimum_strength = 40}, kOwner));
}

TEST(CommonPasswords, HoldsManyWordsAndFindsEachOfThem) {
  EXPECT_GE(CommonWordCount(), 10'000U);
  for (const char* word : {"123456", "password", "qwerty", "mary", "smith", "!qaz2wsx", "zzzzzzz1"}) {
    EXPECT_TRUE(IsCommonWord(word)) << word;
  }
  for (const char* word : {"", "a", "\n", "passwor d", "PASSWORD", "xk9pqvlm2", "password\n", "\xff\xff"}) {
    EXPECT_FALSE(IsCommonWord(word)) << word;
  }
}

TEST(PlainForm, ReadsLookAlikes) {
  EXPECT_EQ(PlainForm("P4$$W0rd"), "password");
  EXPECT_EQ(PlainForm("5h3ll"), "shell");
  EXPECT_EQ(Core("2024summer!"), "summer");
  EXPECT_EQ(Core("1234"), "");
}

// The order matters, not the very numbers.
TEST(Strength, GrowsWithWhatIsHardToGuess) {
  const char* weakest_first[] = {"",          "aaaaaaaa", "password",
                                 "Passw0rd1", "zkqv71bx", "tide-lantern-cobalt-42-xq"};
  int before = -1;
  for (const char* password : weakest_first) {
    const int bits = EstimateStrength(password);
    EXPECT_GT(bits, before) << password;
    before = bits;
  }
  EXPECT_LT(EstimateStrength("abcdefghijklmnop"), 15);
  EXPECT_LT(EstimateStrength("0000000000000000000000"), 15);
  EXPECT_EQ(EstimateStrength(std::string(5000, 'a')), EstimateStrength(std::string(128, 'a')))
      << "bounded work";
}

TEST(History, LooksAtTheNewestPasswords) {
  const auto hash = [](const char* text) { return crypto::HashPassword(base::Secret(text)).value(); };
  entity::LoginProfile profile;
  for (const char* text : {"one", "two", "three"})
    entity::ReplacePassword(profile, hash(text), base::Instant());
  EXPECT_EQ(profile.former_hashes.size(), 2U);
  struct Case {
    const char* password;
    int32_t count;
    bool used;
  };
  const Case cases[] = {{"three", 0, false}, {"three", 1, true}, {"two", 1, false},  {"two", 2, true},
                        {"one", 2, false},   {"one", 24, true},  {"four", 24, false}};
  for (const Case& c : cases) {
    EXPECT_EQ(WasUsed(base::Secret(c.password), profile, c.count), c.used) << c.password << " of " << c.count;
  }
  for (int i = 0; i < 40; ++i)
    entity::ReplacePassword(profile, "$argon2id$" + std::to_string(i), base::Instant());
  EXPECT_EQ(profile.former_hashes.size(), entity::kPasswordHistory);
  EXPECT_EQ(profile.former_hashes.front(), "$argon2id$38");
}

}  // namespace
}  // namespace wardkeep::password
