// What happened at the sign-in endpoints: one fact for each attempt, with the words of AWS's sign-in events
// (data-formats section 12.3). Never holds a password, a code or a name that belongs to nobody: what was
// typed into the name field may have been the password.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/clock.h"

namespace wardkeep::entity {

enum class SigninEvent : uint8_t {
  kConsoleLogin,     // password and code, or a sign-in token of the federation endpoint
  kGetSigninToken,   // federation endpoint
  kPasswordUpdated,  // during sign-in, or of the root user
  kAccountChanged,   // by the root user: e-mail address, name, closure
  kSignOut,
};

enum class SigninOutcome : uint8_t {
  kSuccess,
  kFailure,
  kChallenge
};  // kChallenge: a further step is asked for

struct SigninAttempt {
  std::string id;  // UUID
  base::Instant time;
  SigninEvent event = SigninEvent::kConsoleLogin;
  SigninOutcome outcome = SigninOutcome::kFailure;
  base::AccountId account;     // empty: no such account
  std::string principal_type;  // "Root", "IAMUser", "AssumedRole", "FederatedUser"
  std::string principal_arn;   // empty: no such user
  std::string reason;          // of anything but success: "Failed authentication"
  bool mfa_used = false;
  std::string mfa_serial;
  std::string source_address;
  std::string user_agent;
  uint32_t suppressed = 0;  // attempts like this one that came too fast to be told one by one
};

// The reason of an attempt that was refused without being looked at.
inline constexpr std::string_view kTooManyAttempts = "Too many attempts";

const char* SigninEventName(SigninEvent event);        // "ConsoleLogin"
const char* SigninOutcomeName(SigninOutcome outcome);  // "Success"

// Takes every attempt. Implementations are thread-safe and quick.
class SigninSink {
 public:
  virtual ~SigninSink() = default;
  virtual void Record(const SigninAttempt& attempt) = 0;
};

}  // namespace wardkeep::entity
