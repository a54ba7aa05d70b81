// Everything that bears on a request, by kind of policy: as texts, as parsed documents, as compiled policies.
// The members are those of policy::PolicySet.
#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace wardkeep::policy_case {

template <typename T>
struct Layers {
  std::vector<T> identity;
  std::optional<std::vector<T>> permissions_boundary, session, endpoint;
  std::optional<T> resource;
  std::optional<std::vector<std::vector<T>>> service_control, resource_control;

  // The same layers with every element replaced by `change(element)`.
  template <typename Change>
  auto Map(Change change) const {
    using U = decltype(change(std::declval<const T&>()));
    const auto list = [&](const std::vector<T>& from) {
      std::vector<U> to;
      for (const T& item : from) to.push_back(change(item));
      return to;
    };
    const auto maybe = [&](const auto& from) { return from ? std::optional(list(*from)) : std::nullopt; };
    const auto levels = [&](const auto& from) -> std::optional<std::vector<std::vector<U>>> {
      if (!from) return std::nullopt;
      std::vector<std::vector<U>> to;
      for (const std::vector<T>& level : *from) to.push_back(list(level));
      return to;
    };
    Layers<U> out;
    out.identity = list(identity);
    out.permissions_boundary = maybe(permissions_boundary);
    out.session = maybe(session);
    out.endpoint = maybe(endpoint);
    if (resource) out.resource = change(*resource);
    out.service_control = levels(service_control);
    out.resource_control = levels(resource_control);
    return out;
  }
};

}  // namespace wardkeep::policy_case
