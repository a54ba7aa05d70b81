// A line of `wardkeep evaluate` that asks whether a document would be accepted on save:
//
//   {"id": 1, "kind": "identity", "document": "{...}"}     the document as text, or as an object
//   {"id": 1, "ok": true}                                  or an error line with AWS's code and message
#pragma once

#include <string>
#include <string_view>

#include "evaluate_format/error.h"
#include "json/value.h"

namespace wardkeep::evaluate_format {

// Whether the line is of this form: it has a document and no request.
bool IsDocumentLine(const json::Value& line);

// `text` is the whole line. Kinds: identity, boundary, session, trust, resource, scp, rcp, endpoint.
EvaluateResult<std::string> AnswerDocumentLine(const json::Value& line, std::string_view text);

}  // namespace wardkeep::evaluate_format
