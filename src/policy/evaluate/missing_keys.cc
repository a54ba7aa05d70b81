#include "policy/evaluate/missing_keys.h"

#include <algorithm>

namespace wardkeep::policy {

void MissingKeys::Add(std::string_view spelled, std::string_view key, uint64_t hash) {
  if (context_.Find(key, hash) == nullptr) found_.emplace_back(key, spelled);
}

void MissingKeys::AddVariable(const Variable& variable) {
  if (!variable.has_default) Add(variable.spelled, variable.key, variable.hash);
}

void MissingKeys::AddResources(const CompiledStatement& statement) {
  for (const ResourcePattern& resource : statement.resources) {
    ForEachVariable(resource.last, [&](const Variable& variable) { AddVariable(variable); });
  }
}

void MissingKeys::AddConditions(const CompiledStatement& statement) {
  for (const CompiledTest& test : statement.tests) {
    Add(test.spelled, test.key, test.hash);
    ForEachVariable(test, [&](const Variable& variable) { AddVariable(variable); });
  }
}

std::vector<std::string> MissingKeys::Take() {
  const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
  std::stable_sort(found_.begin(), found_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  found_.erase(std::unique(found_.begin(), found_.end(), same_key), found_.end());
  std::vector<std::string> keys;
  for (const auto& [folded, spelled] : found_) keys.emplace_back(spelled);
  std::sort(keys.begin(), keys.end());
  found_.clear();
  return keys;
}

}  // namespace wardkeep::policy
