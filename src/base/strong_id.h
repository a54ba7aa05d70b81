// StrongId: a string that is the name of one kind of thing, so that an account id cannot be passed for a user
// id.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace wardkeep::base {

template <typename Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string value) : value_(std::move(value)) {}
  explicit StrongId(std::string_view value) : value_(value) {}
  explicit StrongId(const char* value) : value_(value) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }
  friend bool operator==(const StrongId&, const StrongId&) = default;
  friend auto operator<=>(const StrongId&, const StrongId&) = default;

 private:
  std::string value_;
};

}  // namespace wardkeep::base

template <typename Tag>
struct std::hash<wardkeep::base::StrongId<Tag>> {
  std::size_t operator()(const wardkeep::base::StrongId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value());
  }
};
