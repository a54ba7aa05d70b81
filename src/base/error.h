// The error vocabulary of storage and other internals: a closed set of codes, a text for the log, and a
// cause. Internals never reach a client; each service maps codes to API errors in one place.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wardkeep::base {

enum class ErrorCode {
  kNotFound,
  kAlreadyExists,
  kConflict,
  kLimit,
  kInvalid,
  kUnavailable,
  kCorrupt,
  kInternal,
};

// Stable lower-case name of a code, for logs ("not_found").
std::string_view ErrorCodeName(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one line, lower case, no full stop; safe to log, never a secret
  std::string cause;    // text of the underlying failure, may be empty

  Error() = default;
  Error(ErrorCode c, std::string m, std::string why = {})
      : code(c), message(std::move(m)), cause(std::move(why)) {}

  // "not_found: account `1` is unknown (caused by ...)".
  std::string ToString() const;
};

}  // namespace wardkeep::base
