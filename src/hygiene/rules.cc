#include "hygiene/rules.h"

#include <algorithm>
#include <array>

#include "base/period.h"

namespace wardkeep::hygiene {
namespace {

using std::chrono::seconds;

constexpr seconds kLongest = std::chrono::days(10 * 366);

struct Setting {
  std::string_view name;
  seconds Rules::*member;
};
constexpr std::array<Setting, 4> kSettings = {{{"max-key-age", &Rules::max_key_age},
                                               {"unused-keys", &Rules::unused_keys},
                                               {"unused-passwords", &Rules::unused_passwords},
                                               {"notice", &Rules::notice}}};

base::Error Invalid(std::string what) {
  return base::Error(base::ErrorCode::kInvalid, std::move(what));
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

base::Result<void> TakeWord(std::string_view word, Rules& rules) {
  const auto equals = word.find('=');
  for (const Setting& setting : kSettings) {
    if (equals == std::string_view::npos || word.substr(0, equals) != setting.name) continue;
    const auto period = base::ParsePeriod(word.substr(equals + 1), kLongest);
    if (!period || period->count() == 0) {
      return Invalid(std::string(setting.name) + " must be a period such as 90d");
    }
    rules.*setting.member = *period;
    return {};
  }
  return Invalid("a hygiene rule knows max-key-age, unused-keys, unused-passwords and notice");
}

}  // namespace

base::Result<AccountRules> ParseAccountRules(std::string_view text) {
  const auto words = Words(text);
  if (words.empty() || (words[0] != "*" && !base::IsAccountId(words[0]))) {
    return Invalid("a hygiene rule begins with an account id or *");
  }
  AccountRules parsed{std::string(words[0]), {}};
  for (std::size_t i = 1; i < words.size(); ++i) WK_TRY(TakeWord(words[i], parsed.rules));
  const Rules& rules = parsed.rules;
  if (rules.max_key_age.count() + rules.unused_keys.count() + rules.unused_passwords.count() == 0) {
    return Invalid("a hygiene rule must set max-key-age, unused-keys or unused-passwords");
  }
  return parsed;
}

const Rules* RulesOf(const std::vector<AccountRules>& all, const base::AccountId& account) {
  const Rules* general = nullptr;
  for (const AccountRules& one : all) {
    if (one.account == account.value()) return &one.rules;
    if (one.account == "*") general = &one.rules;
  }
  return general;
}

}  // namespace wardkeep::hygiene
