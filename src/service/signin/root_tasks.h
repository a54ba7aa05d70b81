// What only the root user can do, in the console session of its sign-in, and with its password once more:
//
//   POST /signin/root  {"action": "ChangePassword", "password": ..., "newPassword": ...}
//                      {"action": "ChangeEmail", "password": ..., "email": ...}
//                      {"action": "ChangeName", "password": ..., "name": ...}
//                      {"action": "CloseAccount", "password": ..., "accountId": ...}
//
//   200 {}; 401 NotSignedIn or AuthenticationFailed; 403 NotRoot or MfaEnrolmentRequired; 400 and 429 as at
//   sign-in
//
// Other tasks of the root user need no endpoint of their own: it may call every operation of its account,
// whatever the policies say, and so restores an administrator who is locked out. Thread-safe.
#pragma once

#include <memory>

#include "base/http_message.h"
#include "pipeline/signin_throttle.h"
#include "service/signin/signin_environment.h"

namespace wardkeep::service::signin {

class RootTasks {
 public:
  explicit RootTasks(const SigninEnvironment& environment)
      : environment_(environment), throttle_(environment.services.signin_throttle) {}

  void Handle(base::HttpRequest request, base::Responder respond);

 private:
  struct Exchange;
  void Run(const std::shared_ptr<Exchange>& exchange);
  bool Prepare(Exchange& exchange);
  void Write(const std::shared_ptr<Exchange>& exchange);

  const SigninEnvironment& environment_;
  pipeline::SigninThrottle& throttle_;
};

}  // namespace wardkeep::service::signin
