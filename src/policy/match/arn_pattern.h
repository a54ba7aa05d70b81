// Values of the Arn* operators (policy-semantics 3.4): pattern and value are cut at their first five colons
// and each of the six components is a glob of its own. A pattern with fewer components matches nothing,
// except "*", which matches every ARN. Variables are replaced before the pattern is cut, so a variable may
// hold a whole ARN.
#pragma once

#include <array>
#include <string_view>

#include "policy/match/arn_text.h"
#include "policy/match/pattern.h"

namespace wardkeep::policy {

struct ArnPattern {
  enum class Form : uint8_t {
    kEvery,    // "*"
    kNever,    // not six components
    kCut,      // cut when it was compiled: no variables
    kVariable  // cut for each request
  };
  Form form = Form::kNever;
  Pattern pattern;                      // kVariable: all; kCut: all pieces, component after component
  std::array<uint32_t, 7> bounds = {};  // kCut: component i is pieces [bounds[i], bounds[i + 1])
};

ArnPattern MakeArnPattern(std::string_view written, bool variables, Arena& arena);

bool MatchesArn(const ArnPattern& pattern, std::string_view value, const RequestContext& context);

}  // namespace wardkeep::policy
