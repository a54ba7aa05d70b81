// AuthError: why a request was not authenticated, as AWS tells it (reference/sigv4.md section 4).
//
// Codes are those of the Query protocol; the wire layer knows the names of the other protocols. `check` is
// the number of the failed check in section 4, for the log. A message may be empty (two kinds of
// authentication at once), and then the response has none. Texts never hold a secret, and never what the
// server calculated.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::auth {

struct AuthError {
  std::string_view code;  // static text
  int http_status = 403;
  std::string message;
  std::string_view check;  // static text
};

AuthError MalformedQueryString(std::string message);                                // 4, 400
AuthError MissingAuthenticationToken(std::string message, std::string_view check);  // 5, 6a
AuthError IncompleteSignature(std::string message, std::string_view check);         // 6, 9, 12, 400
AuthError SignatureDoesNotMatch(std::string message, std::string_view check);       // 5, 8, 10, 11, 13
AuthError WrongSignature();                                                         // 16, the usual text
AuthError InvalidClientTokenId();  // 14, 15: key or token unknown, inactive, or not made for each other
AuthError ExpiredToken();          // 14b
AuthError RequestTooLarge();       // the body exceeds what is hashed

}  // namespace wardkeep::auth
