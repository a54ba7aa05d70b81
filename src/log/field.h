// One named value of a log event. Values are typed, so that a Secret cannot be logged by accident: passing
// one does not compile, and the only way round it is the visible word Reveal().
//
// Ownership: refers to the caller's text; lives for one logging call.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/secret.h"

namespace wardkeep::log {

struct Field {
  using Value = std::variant<std::string_view, int64_t, uint64_t, bool, double>;

  template <typename T>
    requires std::convertible_to<const T&, std::string_view>
  Field(std::string_view field_name, const T& text) : name(field_name), value(std::string_view(text)) {}
  Field(std::string_view field_name, std::signed_integral auto number)
      : name(field_name), value(static_cast<int64_t>(number)) {}
  Field(std::string_view field_name, std::unsigned_integral auto number)
    requires(!std::same_as<decltype(number), bool>)
      : name(field_name), value(static_cast<uint64_t>(number)) {}
  Field(std::string_view field_name, std::same_as<bool> auto truth) : name(field_name), value(truth) {}
  Field(std::string_view field_name, std::same_as<double> auto number) : name(field_name), value(number) {}
  Field(std::string_view field_name, const base::Secret& secret) = delete;

  std::string_view name;
  Value value;
};

}  // namespace wardkeep::log
