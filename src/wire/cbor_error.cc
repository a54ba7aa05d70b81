#include "wire/cbor_error.h"

#include <cstddef>
#include <cstdint>

namespace wardkeep::wire {
namespace {

constexpr uint8_t kText = 0x60;  // major type 3, length in the low bits
constexpr uint8_t kByteLength = 0x78;
constexpr uint8_t kWordLength = 0x79;
constexpr uint8_t kMapOfTwo = 0xA2;
constexpr std::size_t kLongest = 0xFFFF;

void AppendText(std::string& out, std::string_view text) {
  text = text.substr(0, kLongest);
  if (text.size() < 24) {
    out += static_cast<char>(kText | text.size());
  } else if (text.size() < 256) {
    out += static_cast<char>(kByteLength);
    out += static_cast<char>(text.size());
  } else {
    out += static_cast<char>(kWordLength);
    out += static_cast<char>(text.size() >> 8U);
    out += static_cast<char>(text.size() & 0xFFU);
  }
  out += text;
}

}  // namespace

std::string EncodeCborError(std::string_view code, std::string_view message) {
  std::string out(1, static_cast<char>(kMapOfTwo));
  AppendText(out, "__type");
  AppendText(out, code);
  AppendText(out, "message");
  AppendText(out, message);
  return out;
}

}  // namespace wardkeep::wire
