// The memory of one compiled policy: text and arrays that live and die together. Everything in it is
// trivially destructible, so a policy is freed in a few blocks and walking it touches few cache lines. Not
// thread-safe while it is filled; what it handed out is immutable and may be shared.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

namespace wardkeep::policy {

class Arena {
 public:
  explicit Arena(std::size_t first_block) : memory_(first_block) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  std::string_view CopyText(std::string_view text) {
    if (text.empty()) return {};
    char* copy = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  template <typename T>
  std::span<const T> CopyArray(std::span<const T> items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    T* copy = static_cast<T*>(memory_.allocate(items.size() * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < items.size(); ++i) new (copy + i) T(items[i]);
    return {copy, items.size()};
  }

  template <typename T>
  const T* CopyOne(const T& item) {
    return CopyArray(std::span<const T>(&item, 1)).data();
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace wardkeep::policy
