#include "pipeline/registry.h"

#include "base/assert.h"

namespace wardkeep::pipeline {

void Registry::Add(std::string_view service, std::string_view operation, Handler handler) {
  const bool added = handlers_.emplace(std::pair(std::string(service), std::string(operation)), std::move(handler)).second;
  WK_ASSERT(added);
}

const Handler* Registry::Find(std::string_view service, std::string_view operation) const {
  const auto it = handlers_.find(std::pair<std::string_view, std::string_view>(service, operation));
  return it == handlers_.end() ? nullptr : &it->second;
}

std::vector<std::string> Registry::Names() const {
  std::vector<std::string> names;
  for (const auto& [key, handler] : handlers_) names.push_back(key.first + ":" + key.second);
  return names;
}

}  // namespace wardkeep::pipeline
