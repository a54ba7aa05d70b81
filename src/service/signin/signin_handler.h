// SigninHandler: answers the sign-in endpoints and passes every other request on.
//
//   POST /signin               password_signin.h
//   GET  /signin/session       who the cookie stands for
//   POST /signin/credentials   the same with new short-lived credentials
//   POST /signout              ends the session and removes the cookie
//   POST /signin/root          root_tasks.h
//   GET or POST /federation    federation_signin.h
//
// A POST that a page of another origin sends is refused. Thread-safe. Ownership: everything it is given
// outlives it.
#pragma once

#include "base/http_message.h"
#include "crypto/sealing.h"
#include "service/signin/federation_signin.h"
#include "service/signin/password_signin.h"
#include "service/signin/root_tasks.h"
#include "service/signin/signin_environment.h"

namespace wardkeep::service::signin {

class SigninHandler final : public base::HttpHandler {
 public:
  SigninHandler(const SigninEnvironment& environment, const crypto::SealingKey& token_key,
                base::HttpHandler& next)
      : environment_(environment),
        passwords_(environment_),
        root_tasks_(environment_),
        federation_(environment_, token_key),
        next_(next) {}

  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  void Serve(base::HttpRequest request, base::Responder respond);
  void Post(base::HttpRequest request, base::Responder respond);
  void Federate(base::HttpRequest request, base::Responder respond);
  base::HttpResponse ShowSignedIn(const base::HttpRequest& request, bool with_credentials) const;
  void SignOut(base::HttpRequest request, base::HttpResponse answer, base::Responder respond);

  const SigninEnvironment environment_;
  PasswordSignin passwords_;
  RootTasks root_tasks_;
  FederationSignin federation_;
  base::HttpHandler& next_;
};

}  // namespace wardkeep::service::signin
