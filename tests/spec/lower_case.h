// Lower case of the executable specification (policy-semantics 3.4): Unicode's full mapping with the rule of
// the final sigma. What Unicode says of one character is shared with the evaluator; what is made of it is
// not.
#pragma once

#include "spec/pattern.h"

namespace wardkeep::policy::spec {

Text LowerCase(const Text& text);

}  // namespace wardkeep::policy::spec
