// The federation endpoint: console sign-in for whoever has temporary credentials (api-surface, "Console
// federation endpoint"), as aws-vault and home-made scripts use it.
//
//   GET or POST
//   /federation?Action=getSigninToken&Session={"sessionId":...,"sessionKey":...,"sessionToken":...}
//               [&SessionDuration=900..43200]        200 {"SigninToken":"..."}, valid for 15 minutes
//   GET /federation?Action=login&SigninToken=...&Destination=...[&Issuer=...]
//               302 to the destination, with the session cookie
//   GET /federation?Action=logout                    302 to /, the session is ended
//
// Whatever is wrong is answered 400 with a short text. Thread-safe.
#pragma once

#include "base/http_message.h"
#include "crypto/sealing.h"
#include "service/signin/signin_environment.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {

class FederationSignin {
 public:
  // `token_key` seals sign-in tokens.
  FederationSignin(const SigninEnvironment& environment, const crypto::SealingKey& token_key)
      : environment_(environment), token_key_(token_key) {}

  base::HttpResponse GetSigninToken(const base::HttpRequest& request, const Parameters& parameters) const;
  base::HttpResponse Login(const base::HttpRequest& request, const Parameters& parameters) const;

 private:
  const SigninEnvironment& environment_;
  const crypto::SealingKey& token_key_;
};

}  // namespace wardkeep::service::signin
