// The parameters of an AWS Query request: an application/x-www-form-urlencoded body or query string, decoded.
//
//   WK_ASSIGN(FormParameters form, ParseForm(body));
//   const std::string* action = form.Find("Action");
//
// Values own their text. Thread-safety: plain value. Source: wire-protocols.md section 2.1.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/api_error.h"
#include "base/result.h"

namespace wardkeep::wire {

struct FormParameters {
  std::vector<std::pair<std::string, std::string>> pairs;  // in the order sent

  // The first value of that name, or nullptr.
  const std::string* Find(std::string_view name) const;
};

// More parameters than this are refused: no operation has a use for them, and each costs memory.
inline constexpr size_t kMaxFormParameters = 10'000;

// MalformedQueryString for broken percent-encoding, MalformedInput for text that is not UTF-8 and for too
// many parameters. `+` is a space. A parameter without `=` has the empty value; empty parts between `&` are
// skipped.
base::Result<FormParameters, api::ApiError> ParseForm(std::string_view text);

// Appends the parameters of `text` to `form`: a POST may carry some in its query string.
base::Result<void, api::ApiError> ParseFormInto(std::string_view text, FormParameters& form);

}  // namespace wardkeep::wire
