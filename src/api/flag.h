// Flag: a bool that can be the element of a std::vector and still has an address (std::vector<bool> packs
// bits). Converts to and from bool. Lists and maps of booleans in generated structures hold it.
#pragma once

namespace wardkeep::api {

struct Flag {
  bool value = false;

  Flag() = default;
  Flag(bool on) : value(on) {}             // NOLINT(google-explicit-constructor)
  operator bool() const { return value; }  // NOLINT(google-explicit-constructor)
};

}  // namespace wardkeep::api
