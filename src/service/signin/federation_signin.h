// The federation endpoint: console sign-in for whoever has temporary credentials (api-surface, "Console
// federation endpoint"), as aws-vault and home-made scripts use it.
//
//   GET or POST
//   /federation?Action=getSigninToken&Session={"sessionId":...,"sessionKey":...,"sessionToken":...}
//               [&SessionDuration=900..43200]        200 {"SigninToken":"..."}, valid once, for 15 minutes
//               and
//                                                    until the server is started again
//   GET /federation?Action=login&SigninToken=...&Destination=...[&Issuer=...]
//               302 to the destination, with the session cookie
//   POST /federation?Action=logout                   302 to /, the session is ended; not by GET, which a page
//   of
//                                                    another origin can have a browser send
//
// Credentials of the console, and those made from them, are refused. Whatever is wrong is answered 400 with a
// short text; too many logins 429 (used_tokens.h). Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "crypto/sealing.h"
#include "service/signin/signin_environment.h"
#include "service/signin/signin_http.h"
#include "service/signin/used_tokens.h"

namespace wardkeep::service::signin {

class FederationSignin {
 public:
  // `token_key` seals sign-in tokens.
  FederationSignin(const SigninEnvironment& environment, const crypto::SealingKey& token_key);

  base::HttpResponse GetSigninToken(const base::HttpRequest& request, const Parameters& parameters) const;
  base::HttpResponse Login(const base::HttpRequest& request, const Parameters& parameters);

 private:
  struct OpenToken {
    std::string cookie;
    UsedTokens::Time until;
    bool expired = false;
  };
  std::string SealToken(const std::string& cookie, base::Instant now) const;
  std::optional<OpenToken> Open(const std::string& token, base::Instant now) const;

  const SigninEnvironment& environment_;
  const crypto::SealingKey& token_key_;
  const std::string token_owner_;  // associated text of the sealing; another in every process
  UsedTokens used_;
};

}  // namespace wardkeep::service::signin
