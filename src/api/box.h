// Box<T>: a value on the heap with value semantics, for members of a structure that contain the structure
// itself.
//
//   struct Node { std::optional<Box<Node>> child; };
//
// Copy copies the value. Never empty, except after being moved from. Thread-safety: as T.
//
// Owns by a plain pointer, because the tables of members take offsets, which needs standard layout, and
// std::unique_ptr of libstdc++ has that for gcc but not for clang.
#pragma once

#include <utility>

namespace wardkeep::api {

template <typename T>
class Box {
 public:
  Box() : value_(new T()) {}
  explicit Box(T value) : value_(new T(std::move(value))) {}
  Box(const Box& other) : value_(new T(*other.value_)) {}
  Box(Box&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
  Box& operator=(Box other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Box() { delete value_; }

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_; }
  const T* operator->() const { return value_; }

 private:
  T* value_;
};

}  // namespace wardkeep::api
