// Resource and NotResource (policy-semantics 2.2, steps 1 to 6, and 1.7 for ARNs with fewer than six
// components).
//
// A pattern and a resource are both cut at their first five colons and compared component by component.
// Variables are read only in the last component. OBSERVED in the docs: a '*' that ends a component may run on
// over the colons after it; such a pattern is tried once more as one glob over the whole ARN (tests:
// ResourcePattern.*RunsOn*).
#pragma once

#include <span>
#include <string_view>

#include "policy/match/arn_text.h"
#include "policy/match/pattern.h"
#include "wardkeep/document.h"

namespace wardkeep::policy {

struct ResourcePattern {
  enum class Form : uint8_t {
    kEvery,  // "*"
    kFull,   // six components
    kShort,  // fewer; the missing ones match anything
    kPlain,  // fewer; matches no ARN
  };
  Form form = Form::kPlain;
  bool head_is_literal = false;      // kFull: the first five components hold no wildcard
  bool runs_on = false;              // kFull: one of them ends in '*'
  std::size_t component_count = 0;   // components present
  std::string_view head;             // head_is_literal: their text with the fifth colon
  std::span<const Pattern> leading;  // else: the components before the last
  Pattern last;                      // the last component present
  Pattern whole;                     // runs_on, kShort, kPlain: the whole text as one glob
};

struct ResourceRules {
  DocumentKind kind = DocumentKind::kIdentity;
  LanguageVersion version = LanguageVersion::k2012;
};

ResourcePattern MakeResourcePattern(std::string_view written, const ResourceRules& rules, Arena& arena);

// `resource` is the requested resource; "*" for actions without one. A resource that is no ARN is compared
// with the whole pattern.
bool MatchesResource(const ResourcePattern& pattern, const ArnText& resource, const RequestContext& context);

}  // namespace wardkeep::policy
