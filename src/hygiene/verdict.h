// What the rules say about one credential now. Every rule gives notice before it acts: the first verdict on a
// credential is kWarn at the earliest `notice` before its end, and kDeactivate comes no sooner than `notice`
// after that, also for credentials that were past their end when the rules were made. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "hygiene/rules.h"

namespace wardkeep::hygiene {

enum class Reason : uint8_t { kKeyTooOld, kKeyUnused, kPasswordUnused };
std::string_view ReasonText(Reason reason);  // "access key is too old", ...

struct CredentialFacts {
  base::Instant created;
  std::optional<base::Instant> changed;    // activated again, or the password set anew
  std::optional<base::Instant> last_used;  // nullopt: never
  std::optional<base::Instant> warned;     // when notice was given
};

enum class Action : uint8_t {
  kNone,
  kWarn,    // give notice
  kAwait,   // notice was given, the end has not come
  kForget,  // notice was given, and the reason is gone
  kDeactivate,
};

struct Verdict {
  Action action = Action::kNone;
  Reason reason = Reason::kKeyTooOld;
  base::Instant due;  // when it is, or was to be, deactivated; not set for kNone and kForget
};

// Of an active access key.
Verdict JudgeKey(const CredentialFacts& facts, const Rules& rules, base::Instant now);
Verdict JudgePassword(const CredentialFacts& facts, const Rules& rules, base::Instant now);

}  // namespace wardkeep::hygiene
