#include "password/password_rules.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/join.h"
#include "base/utf8.h"
#include "password/common_passwords.h"
#include "password/plain_form.h"
#include "password/strength.h"

namespace wardkeep::password {
namespace {

constexpr std::size_t kDefaultLength = 8;
constexpr std::size_t kDefaultClasses = 3;
constexpr std::size_t kShortestOwnWord = 4;  // shorter names occur in good passwords by chance
constexpr std::string_view kSymbols = "!@#$%^&*()_+-=[]{}|'";
constexpr std::array<std::string_view, 3> kProductWords = {"wardkeep", "amazon", "console"};

struct CharacterClass {
  bool entity::PasswordPolicy::*required;
  bool (*holds)(char c);
  std::string_view message;
};

constexpr std::array<CharacterClass, 4> kClasses = {{
    {&entity::PasswordPolicy::require_uppercase, [](char c) { return c >= 'A' && c <= 'Z'; },
     "Password should have at least one uppercase letter"},
    {&entity::PasswordPolicy::require_lowercase, [](char c) { return c >= 'a' && c <= 'z'; },
     "Password should have at least one lowercase letter"},
    {&entity::PasswordPolicy::require_numbers, [](char c) { return c >= '0' && c <= '9'; },
     "Password should have at least one number"},
    {&entity::PasswordPolicy::require_symbols, [](char c) { return kSymbols.find(c) != kSymbols.npos; },
     "Password should have at least one symbol"},
}};

void CheckLength(std::string_view password, std::size_t least, std::vector<std::string>& violations) {
  if (base::CountCharacters(password) >= least) return;
  violations.push_back("Password should have a minimum length of " + std::to_string(least));
}

std::vector<std::string> MissingClasses(std::string_view password) {
  std::vector<std::string> missing;
  for (const CharacterClass& row : kClasses) {
    if (std::none_of(password.begin(), password.end(), row.holds)) missing.emplace_back(row.message);
  }
  return missing;
}

void CheckDefaultPolicy(std::string_view password, const Owner& owner, std::vector<std::string>& violations) {
  CheckLength(password, kDefaultLength, violations);
  const std::vector<std::string> missing = MissingClasses(password);
  const std::size_t present = kClasses.size() - missing.size();
  if (present < kDefaultClasses) {
    violations.push_back("Password should meet " + std::to_string(kDefaultClasses - present) +
                         " more of the following requirements: " + base::Join(missing, ", "));
  }
  for (const std::string* text : {&owner.account_name, &owner.email}) {
    if (text->empty() || !base::EqualsIgnoreAsciiCase(*text, password)) continue;
    violations.emplace_back("Password should not be the account name or email address");
    break;
  }
}

void CheckPolicy(std::string_view password, const entity::PasswordPolicy& policy,
                 std::vector<std::string>& violations) {
  CheckLength(password, static_cast<std::size_t>(policy.minimum_length), violations);
  for (const CharacterClass& row : kClasses) {
    if (policy.*row.required && std::none_of(password.begin(), password.end(), row.holds)) {
      violations.emplace_back(row.message);
    }
  }
}

// A word is common as typed, with look-alikes read as letters, and with decoration at its ends taken off.
bool IsCommon(std::string_view password) {
  const std::string lower = base::AsciiLower(password);
  const std::string plain = PlainForm(password);
  const std::string core_plain = PlainForm(Core(password));
  const std::array<std::string_view, 5> forms = {lower, plain, Core(lower), Core(plain), core_plain};
  return std::any_of(forms.begin(), forms.end(), IsCommonWord);
}

bool HoldsOwnWord(std::string_view password, const Owner& owner) {
  const std::string lower = base::AsciiLower(password);
  const std::string plain = PlainForm(password);
  const auto holds = [&](std::string_view word) {
    if (word.size() < kShortestOwnWord) return false;
    return lower.find(base::AsciiLower(word)) != std::string::npos ||
           plain.find(PlainForm(word)) != std::string::npos;
  };
  const std::string_view mailbox = std::string_view(owner.email).substr(0, owner.email.find('@'));
  return holds(owner.user_name) || holds(owner.account_alias) || holds(owner.account_name) ||
         holds(mailbox) || std::any_of(kProductWords.begin(), kProductWords.end(), holds);
}

void CheckAdditions(std::string_view password, const Additions& additions, const Owner& owner,
                    std::vector<std::string>& violations) {
  if (additions.refuse_common) {
    if (IsCommon(password)) violations.emplace_back("Password should not be a common password");
    if (HoldsOwnWord(password, owner)) {
      violations.emplace_back("Password should not contain the name of the user, the account or the product");
    }
  }
  if (EstimateStrength(password) < additions.minimum_strength) {
    violations.emplace_back("Password should be harder to guess");
  }
}

}  // namespace

std::optional<std::string> FindViolation(std::string_view password,
                                         const std::optional<entity::PasswordPolicy>& policy,
                                         const Additions& additions, const Owner& owner) {
  std::vector<std::string> violations;
  if (policy) {
    CheckPolicy(password, *policy, violations);
  } else {
    CheckDefaultPolicy(password, owner, violations);
  }
  if (additions != Additions{}) CheckAdditions(password, additions, owner, violations);
  if (violations.empty()) return std::nullopt;
  return base::Join(violations, ", ");
}

}  // namespace wardkeep::password
