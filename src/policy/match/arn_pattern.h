// Values of the Arn* operators (policy-semantics 3.4, 3.5): pattern and value are cut at their first five
// colons and each of the six components is a glob of its own. A pattern that begins with "arn:" and has fewer
// components matches nothing; "*" matches every ARN; any other text is no pattern at all. Variables are
// replaced before the pattern is cut, so a variable may hold a whole ARN.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "policy/match/arn_text.h"
#include "policy/match/pattern.h"

namespace wardkeep::policy {

struct ArnPattern {
  enum class Form : uint8_t {
    kEvery,    // "*"
    kNever,    // not six components
    kNoArn,    // neither "*" nor begins with "arn:"
    kCut,      // cut when it was compiled: no variables
    kVariable  // cut for each request
  };
  Form form = Form::kNever;
  Pattern pattern;                      // kVariable: all; kCut: all pieces, component after component
  std::array<uint32_t, 7> bounds = {};  // kCut: component i is pieces [bounds[i], bounds[i + 1])
};

ArnPattern MakeArnPattern(std::string_view written, bool variables, Arena& arena);

// Whether a text that no variable is left in can be a pattern.
bool IsArnPatternText(std::string_view text);

enum class ArnMatch : uint8_t {
  kNo,
  kYes,
  kNoPattern,  // the pattern is no ARN, as written or because of a variable
};

// `value` must be an ARN.
ArnMatch MatchArn(const ArnPattern& pattern, const ArnText& value, const RequestContext& context);

}  // namespace wardkeep::policy
