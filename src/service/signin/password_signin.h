// Sign-in with account, name and password, for users and the root user.
//
//   POST /signin  {"account": id or alias, "user": name, "password": ..., "mfaCode": ..., "newPassword": ...}
//   instead of "mfaCode" the answer of a passkey, see passkey_question.h
//   the root user: "root": true and "email" instead of "user"
//
//   200  {"accountId":..., "arn":..., "credentials":{...}, ...} and the session cookie
//   401  AuthenticationFailed: account, name, password or code; the answer and its time are the same for all
//   401  MfaRequired: the password is right and the user has a device; "publicKey" asks for a passkey
//   403  PasswordChangeRequired: the password is right and must be replaced, see "newPassword"
//   403  PasswordExpired: an administrator must set a new one
//   429  TooManyAttempts, with Retry-After; 503 ServiceUnavailable when too many wait
//
// Each attempt costs one Argon2id hash on the password pool, whether or not the user exists; the throttle and
// the pool know strangers from those who come from a place where the owner has signed in before
// (known_place.h). A success gives the browser a second cookie, which makes it such a place. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/http_message.h"
#include "pipeline/signin_throttle.h"
#include "service/signin/signin_environment.h"

namespace wardkeep::service::signin {

class PasswordSignin {
 public:
  explicit PasswordSignin(const SigninEnvironment& environment);

  void Handle(base::HttpRequest request, base::Responder respond);

 private:
  struct Exchange;
  using ExchangePtr = std::shared_ptr<Exchange>;
  void FindAccount(Exchange& exchange) const;
  std::string FindPlace(Exchange& exchange) const;
  void HoldUp(Exchange& exchange, std::chrono::seconds wait);
  void Shed(Exchange& exchange);
  void Run(const ExchangePtr& exchange);
  void Verify(const ExchangePtr& exchange);
  bool CheckSecondFactor(Exchange& exchange);
  bool CheckPasswordAge(Exchange& exchange);
  bool CheckNewPassword(Exchange& exchange);
  void Write(const ExchangePtr& exchange);
  void Welcome(Exchange& exchange);
  void Fail(Exchange& exchange, std::string reason);
  // Answers when the password was right and something else is missing or wrong.
  void Ask(Exchange& exchange, int status, std::string_view code, std::string_view message);
  void Challenge(Exchange& exchange, std::string_view code, std::string_view message);
  void Record(Exchange& exchange, entity::SigninOutcome outcome, std::string reason);

  const SigninEnvironment& environment_;
  pipeline::SigninThrottle& throttle_;
  std::string dummy_hash_;  // compared where there is nothing to compare with
};

}  // namespace wardkeep::service::signin
