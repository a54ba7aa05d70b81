#include "api/operation.h"

#include <algorithm>

namespace wardkeep::api {

const Service* FindService(std::string_view name) {
  for (const Service* service : Services()) {
    if (service->name == name) return service;
  }
  return nullptr;
}

std::span<const Operation> Operations(const Service& service) {
  return service.operations;
}

const Operation* FindOperation(const Service& service, std::string_view name) {
  const auto at = std::ranges::lower_bound(service.operations, name, {}, &Operation::name);
  return at != service.operations.end() && at->name == name ? &*at : nullptr;
}

}  // namespace wardkeep::api
