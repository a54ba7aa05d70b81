#include "entity/signin_attempt.h"

namespace wardkeep::entity {

const char* SigninEventName(SigninEvent event) {
  switch (event) {
    case SigninEvent::kConsoleLogin:
      return "ConsoleLogin";
    case SigninEvent::kGetSigninToken:
      return "GetSigninToken";
    case SigninEvent::kPasswordUpdated:
      return "PasswordUpdated";
    case SigninEvent::kAccountChanged:
      return "AccountChanged";
    case SigninEvent::kSignOut:
      return "SignOut";
  }
  return "";
}

const char* SigninOutcomeName(SigninOutcome outcome) {
  switch (outcome) {
    case SigninOutcome::kSuccess:
      return "Success";
    case SigninOutcome::kFailure:
      return "Failure";
    case SigninOutcome::kChallenge:
      return "Challenge";
  }
  return "";
}

}  // namespace wardkeep::entity
