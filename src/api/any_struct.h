// AnyStruct: owns one request or response whose C++ type is known only through its Shape.
//
//   AnyStruct request = AnyStruct::Make(*operation.input);
//   wire::DecodeQuery(form, *operation.input, request.data());
//   const auto& typed = request.As<iam::CreateUserRequest>();   // aborts if the type is another one
//
// Movable, not copyable. Thread-safety: as the struct inside.
#pragma once

#include <memory>
#include <utility>

#include "api/shape.h"
#include "api/shape_ops.h"
#include "base/assert.h"

namespace wardkeep::api {

class AnyStruct {
 public:
  AnyStruct() = default;
  static AnyStruct Make(const Shape& shape) { return AnyStruct(shape.structure, shape.structure->create()); }
  // Takes over a typed value, for example a handler's response.
  template <typename T>
  static AnyStruct Own(T value) {
    return AnyStruct(&kStructure<T>, new T(std::move(value)));
  }

  bool empty() const { return data_ == nullptr; }
  void* data() { return data_.get(); }
  const void* data() const { return data_.get(); }

  template <typename T>
  bool Is() const {
    return ops_ != nullptr && ops_->type == &kTypeTag<T>;
  }
  template <typename T>
  T& As() {
    WK_ASSERT(Is<T>());
    return *static_cast<T*>(data_.get());
  }
  template <typename T>
  const T& As() const {
    WK_ASSERT(Is<T>());
    return *static_cast<const T*>(data_.get());
  }

 private:
  AnyStruct(const StructureOps* ops, void* data) : ops_(ops), data_(data, ops->destroy) {}

  const StructureOps* ops_ = nullptr;
  std::unique_ptr<void, void (*)(void*)> data_{nullptr, [](void*) {}};
};

}  // namespace wardkeep::api
