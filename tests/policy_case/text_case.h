// A decision case as text: a request and the documents that bear on it, read from and written in the evaluate
// format of `wardkeep evaluate`. Tests only; the command has a reader of its own, so that a fault
// in one of the two shows.
#pragma once

#include <string>
#include <string_view>

#include "json/value.h"
#include "policy_case/layers.h"
#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy_case {

struct SourceText {
  policy::DocumentKind kind = policy::DocumentKind::kIdentity;
  std::string text;  // JSON
};

struct TextCase {
  policy::Request request;
  Layers<SourceText> layers;
};

// Aborts the test on a line that is not in the format: the lines are the project's own.
TextCase ReadCase(const json::Value& line, std::string_view text);
// One line of the evaluate format without a line end.
std::string WriteCase(const TextCase& text_case, std::string_view id);

}  // namespace wardkeep::policy_case
