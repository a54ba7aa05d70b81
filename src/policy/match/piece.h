// What a pattern is made of once it has been read: text, wildcards and variables in order. Views only; the
// text is owned by the compiled policy (or, for values of variables, by the request).
#pragma once

#include <cstdint>
#include <string_view>

namespace wardkeep::policy {

// A policy variable, ${key} or ${key, 'default'} (policy-semantics 2.4).
struct Variable {
  std::string_view spelled;  // the key as written
  std::string_view key;      // in lower case
  uint64_t hash = 0;         // RequestContext::KeyHash(key)
  bool has_default = false;
  std::string_view default_value;
};

struct Piece {
  enum class Kind : uint8_t {
    kText,      // `text`, literally
    kOne,       // '?', `count` times
    kRun,       // '*'
    kVariable,  // the value of `variable`, literally
  };
  Kind kind = Kind::kText;
  uint32_t count = 0;
  std::string_view text;
  const Variable* variable = nullptr;
};

}  // namespace wardkeep::policy
