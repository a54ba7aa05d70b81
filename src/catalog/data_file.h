// Reading the tables that are linked into the program: little-endian numbers, texts, and compressed blocks
// with a row of three numbers each (where, packed size, unpacked size). A table is part of the program, so
// nothing is checked beyond assertions. Thread-safe.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "catalog/inflate.h"

namespace wardkeep::catalog {

static_assert(std::endian::native == std::endian::little, "the data files are little-endian");

class DataFile {
 public:
  static constexpr std::size_t kBlockRowSize = 12;

  explicit constexpr DataFile(const unsigned char* bytes) : bytes_(bytes) {}

  template <typename T>
  T ReadAt(std::size_t offset) const {
    T value;
    std::memcpy(&value, bytes_ + offset, sizeof value);
    return value;
  }

  std::string_view TextAt(std::size_t offset, std::size_t size) const {
    return {reinterpret_cast<const char*>(bytes_) + offset, size};
  }

  // The unpacked bytes of the block whose row begins at `row`.
  std::string UnpackBlock(std::size_t row) const {
    return Inflate(bytes_ + ReadAt<uint32_t>(row), ReadAt<uint32_t>(row + 4), ReadAt<uint32_t>(row + 8));
  }

 private:
  const unsigned char* bytes_;
};

}  // namespace wardkeep::catalog
