// Between the C interface and the evaluate format: texts in, texts and statuses out. Thread-safe.
#pragma once

#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "evaluate_format/error.h"
#include "wardkeep/wardkeep.h"

struct wk_text {
  std::string text;
};

namespace wardkeep::capi {

// Runs the body of a function of the interface: no exception leaves it.
template <typename Body>
wk_status Guarded(Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (const std::bad_alloc&) {
    return WK_OUT_OF_MEMORY;
  } catch (...) {
    return WK_INTERNAL;
  }
}

wk_status StatusOf(const evaluate_format::EvaluateError& error);

// Gives `text` to the caller, if he wants it.
void Give(std::string text, wk_text** place);
// Gives the error as JSON, if the caller wants it, and returns its status.
wk_status Fail(const evaluate_format::EvaluateError& error, wk_text** place);
void Clear(wk_text** place);

// The JSON of a caller. Errors: "InvalidArgument" for null with a length, "InvalidJson" if it is empty,
// "InputTooLarge" beyond WK_MAX_JSON.
evaluate_format::EvaluateResult<std::string_view> JsonView(const char* data, std::size_t size);
// A single text of a caller; may be empty. Errors: "InvalidArgument", "InputTooLarge" beyond WK_MAX_TEXT,
// "InvalidInput" if it is not UTF-8. `name` is for the message.
evaluate_format::EvaluateResult<std::string_view> TextView(wk_string text, std::string_view name);

}  // namespace wardkeep::capi
