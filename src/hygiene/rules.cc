#include "hygiene/rules.h"

#include <array>
#include <charconv>
#include <optional>

namespace wardkeep::hygiene {
namespace {

using std::chrono::seconds;

constexpr int64_t kLongest = 10LL * 366 * 24 * 3600;

struct Setting {
  std::string_view name;
  seconds Rules::*member;
};
constexpr std::array<Setting, 4> kSettings = {{{"max-key-age", &Rules::max_key_age},
                                               {"unused-keys", &Rules::unused_keys},
                                               {"unused-passwords", &Rules::unused_passwords},
                                               {"notice", &Rules::notice}}};

struct Unit {
  char letter;
  int64_t length;
};
constexpr std::array<Unit, 4> kUnits = {{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 24 * 3600}}};

base::Error Invalid(std::string what) {
  return base::Error(base::ErrorCode::kInvalid, std::move(what));
}

std::optional<seconds> ReadPeriod(std::string_view text) {
  int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || number <= 0 || number > kLongest) return std::nullopt;
  const std::string_view letter = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : kUnits) {
    if (letter.size() != 1 || letter.front() != unit.letter) continue;
    if (number > kLongest / unit.length) return std::nullopt;
    return seconds(number * unit.length);
  }
  return std::nullopt;
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
    const auto period = ReadPeriod(word.substr(equals + 1));
    if (!period) return Invalid(std::string(setting.name) + " must be a period such as 90d");
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
