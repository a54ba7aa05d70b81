// Collects, for an Explanation, the context keys that a request lacks and its policies ask for. The rule:
// every statement whose principal and action match contributes the variables of its resources, and, if its
// resource matches too, the keys its conditions test and the variables in their values; those without a value
// in the request are missing. A variable with a default misses nothing.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/compile/program.h"

namespace wardkeep::policy {

class MissingKeys {
 public:
  explicit MissingKeys(const RequestContext& context) : context_(context) {}

  void AddResources(const CompiledStatement& statement);
  void AddConditions(const CompiledStatement& statement);
  // As first written, sorted, each once.
  std::vector<std::string> Take();

 private:
  void Add(std::string_view spelled, std::string_view key, uint64_t hash);
  void AddVariable(const Variable& variable);

  const RequestContext& context_;
  std::vector<std::pair<std::string_view, std::string_view>> found_;  // folded key, spelling
};

}  // namespace wardkeep::policy
