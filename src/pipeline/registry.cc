#include "pipeline/registry.h"

#include <utility>

#include "base/assert.h"

namespace wardkeep::pipeline {
namespace {

std::string Key(std::string_view service, std::string_view operation) {
  std::string key(service);
  key += ':';
  key += operation;
  return key;
}

}  // namespace

void Registry::Add(std::string_view service, std::string_view operation, Handler handler) {
  const bool added = handlers_.emplace(Key(service, operation), std::move(handler)).second;
  WK_ASSERT(added);
}

void Registry::SetHome(std::string_view service, std::string_view operation,
                       std::function<std::optional<base::AccountId>(const api::AnyStruct&)> home) {
  handlers_.find(Key(service, operation))->second.home = std::move(home);
}

const Handler* Registry::Find(std::string_view service, std::string_view operation) const {
  const auto it = handlers_.find(Key(service, operation));
  return it == handlers_.end() ? nullptr : &it->second;
}

std::vector<std::string> Registry::Names() const {
  std::vector<std::string> names;
  for (const auto& [key, handler] : handlers_) names.push_back(key);
  return names;
}

}  // namespace wardkeep::pipeline
