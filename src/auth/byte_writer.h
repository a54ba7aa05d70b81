// Writes the compact binary form used inside sealed tokens: numbers in base 128, low part first; texts with
// their length in front. byte_reader.h reads it back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace wardkeep::auth {

class ByteWriter {
 public:
  // Room for a whole token at once: growing would leave copies of a secret in freed memory.
  ByteWriter() { out_.reserve(4096); }

  void Byte(uint8_t value) { out_ += static_cast<char>(value); }
  void Number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) Byte(static_cast<uint8_t>(value | 0x80));
    Byte(static_cast<uint8_t>(value));
  }
  void Text(std::string_view text) {
    Number(text.size());
    out_ += text;
  }
  void Raw(std::string_view bytes) { out_ += bytes; }

  std::string Take() && { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace wardkeep::auth
