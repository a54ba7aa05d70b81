#include "auth/auth_error.h"

#include <utility>

namespace wardkeep::auth {

AuthError MalformedQueryString(std::string message) {
  return {"MalformedQueryString", 400, std::move(message), "4"};
}

AuthError MissingAuthenticationToken(std::string message, std::string_view check) {
  return {"MissingAuthenticationToken", 403, std::move(message), check};
}

// Documented as 400; probes of different years saw 400 and 403.
AuthError IncompleteSignature(std::string message, std::string_view check) {
  return {"IncompleteSignature", 400, std::move(message), check};
}

AuthError SignatureDoesNotMatch(std::string message, std::string_view check) {
  return {"SignatureDoesNotMatch", 403, std::move(message), check};
}

AuthError WrongSignature() {
  return SignatureDoesNotMatch(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
      "Access "
      "Key and signing method. Consult the service documentation for details.",
      "16");
}

AuthError InvalidClientTokenId() {
  return {"InvalidClientTokenId", 403, "The security token included in the request is invalid.", "15"};
}

AuthError ExpiredToken() {
  return {"ExpiredToken", 403, "The security token included in the request is expired", "14b"};
}

AuthError RequestTooLarge() {
  return {"RequestEntityTooLarge", 413, "Request body exceeds the size limit.", "16"};
}

}  // namespace wardkeep::auth
