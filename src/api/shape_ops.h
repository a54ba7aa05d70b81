// The typed side of api/shape.h: function tables that open a std::optional, a list, a map or a structure of a
// known C++ type. Included by generated table files only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/box.h"
#include "api/shape.h"

namespace wardkeep::api {

// Its address identifies T at run time.
template <typename T>
inline constexpr char kTypeTag = 0;

template <typename T>
inline constexpr SlotOps kSlot = {
    [](void* slot) -> void* { return std::addressof(static_cast<std::optional<T>*>(slot)->emplace()); },
    [](const void* slot) -> const void* {
      const auto& optional = *static_cast<const std::optional<T>*>(slot);
      return optional.has_value() ? std::addressof(*optional) : nullptr;
    }};

template <typename T>
inline constexpr SlotOps kBoxedSlot = {
    [](void* slot) -> void* { return std::addressof(*static_cast<std::optional<Box<T>>*>(slot)->emplace()); },
    [](const void* slot) -> const void* {
      const auto& optional = *static_cast<const std::optional<Box<T>>*>(slot);
      return optional.has_value() ? std::addressof(**optional) : nullptr;
    }};

template <typename T>
inline constexpr StructureOps kStructure = {&kTypeTag<T>, []() -> void* { return new T(); },
                                            [](void* value) { delete static_cast<T*>(value); }};

// T is the element type.
template <typename T>
inline constexpr ListOps kList = {
    [](void* list) -> void* { return std::addressof(static_cast<std::vector<T>*>(list)->emplace_back()); },
    [](const void* list) { return static_cast<const std::vector<T>*>(list)->size(); },
    [](const void* list, size_t index) -> const void* {
      return &(*static_cast<const std::vector<T>*>(list))[index];
    }};

// T is the value type.
template <typename T>
inline constexpr MapOps kMap = {
    [](void* map, std::string key) -> void* {
      return &static_cast<std::vector<std::pair<std::string, T>>*>(map)
                  ->emplace_back(std::move(key), T{})
                  .second;
    },
    [](const void* map) { return static_cast<const std::vector<std::pair<std::string, T>>*>(map)->size(); },
    [](const void* map, size_t index) -> const std::string& {
      return (*static_cast<const std::vector<std::pair<std::string, T>>*>(map))[index].first;
    },
    [](const void* map, size_t index) -> const void* {
      return &(*static_cast<const std::vector<std::pair<std::string, T>>*>(map))[index].second;
    }};

}  // namespace wardkeep::api
