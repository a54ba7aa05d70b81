// Box<T>: a value on the heap with value semantics, for members of a structure that contain the structure
// itself.
//
//   struct Node { std::optional<Box<Node>> child; };
//
// Copy copies the value. Never empty, except after being moved from. Thread-safety: as T.
#pragma once

#include <memory>
#include <utility>

namespace wardkeep::api {

template <typename T>
class Box {
 public:
  Box() : value_(std::make_unique<T>()) {}
  explicit Box(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)) {}
  Box(Box&& other) noexcept = default;
  Box& operator=(const Box& other) {
    value_ = std::make_unique<T>(*other.value_);
    return *this;
  }
  Box& operator=(Box&& other) noexcept = default;
  ~Box() = default;

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace wardkeep::api
