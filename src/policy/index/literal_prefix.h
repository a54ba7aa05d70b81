// What every text that a pattern matches begins with: the key under which the index keeps the pattern.
#pragma once

#include <optional>
#include <string>

#include "policy/match/action_pattern.h"
#include "policy/match/resource_pattern.h"

namespace wardkeep::policy {

struct LiteralPrefix {
  enum class Form : uint8_t {
    kExact,  // matches `text` and nothing else
    kOpen,   // matches everything that begins with `text`
    kLoose,  // what it matches begins with `text`, but the pattern must be asked
  };
  std::string text;
  Form form = Form::kLoose;
};

// Nothing for a pattern that matches no action.
std::optional<LiteralPrefix> PrefixOf(const ActionPattern& pattern);
LiteralPrefix PrefixOf(const ResourcePattern& pattern);

}  // namespace wardkeep::policy
