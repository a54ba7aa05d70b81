// One line of `wardkeep evaluate` (docs: the evaluate format, version 1): a request and the documents that
// bear on it, as JSON, in; the decision, as JSON, out. Pure except for the clock, which dates recurring-time
// keys when the line does not say what time it is. Thread-safe. Time and memory are bounded by the length of
// the line.
//
//   bool ok = true;
//   std::string answer = EvaluateLine(R"({"id":1,"request":{...},"policies":{...}})", 1, false, &ok);
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardkeep::evaluate_format {

// The answer without a line end. `number` is the line's number, for errors. With `explain` the answer also
// lists the statements that matched and the context keys that were missing. `*ok` is set to false for a line
// that cannot be used; the answer is then {"id":...,"error":{"code":...,"message":...,"line":number}}.
std::string EvaluateLine(std::string_view line, std::size_t number, bool explain, bool* ok);

}  // namespace wardkeep::evaluate_format
