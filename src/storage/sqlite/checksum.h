// Checksum: 64-bit FNV-1a over a sequence of texts, each with its length. Finds accidents, not forgeries.
#pragma once

#include <cstdint>
#include <string_view>

namespace wardkeep::storage::sqlite {

class Checksum {
 public:
  Checksum& Add(std::string_view text) {
    Number(text.size());
    for (const char c : text) Byte(static_cast<unsigned char>(c));
    return *this;
  }
  // As SQLite keeps integers.
  int64_t Get() const { return static_cast<int64_t>(hash_); }

 private:
  void Byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  void Number(uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8) Byte(static_cast<unsigned char>(number));
  }

  uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace wardkeep::storage::sqlite
