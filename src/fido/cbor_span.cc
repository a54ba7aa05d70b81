#include "fido/cbor_span.h"

namespace wardkeep::fido {
namespace {

constexpr int kMostLevels = 8;

enum Major : uint8_t {
  kUnsigned = 0,
  kNegative = 1,
  kBytes = 2,
  kText = 3,
  kArray = 4,
  kMap = 5,
  kSimple = 7
};

struct Head {
  uint8_t major = 0;
  uint64_t argument = 0;
};

// Takes the head of an item off the bytes.
std::optional<Head> TakeHead(std::string_view& bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  Head head{static_cast<uint8_t>(first >> 5), first & 31U};
  if (head.argument < 24) return head;
  if (head.argument > 27) return std::nullopt;  // reserved, or an indefinite length
  const std::size_t width = std::size_t{1} << (head.argument - 24);
  if (bytes.size() < width) return std::nullopt;
  head.argument = 0;
  for (std::size_t i = 0; i < width; ++i) head.argument = head.argument << 8 | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(width);
  return head;
}

bool Skip(std::string_view& bytes, int levels) {
  const auto head = TakeHead(bytes);
  if (!head || levels == 0) return false;
  switch (head->major) {
    case kUnsigned:
    case kNegative:
    case kSimple:
      return true;
    case kBytes:
    case kText:
      if (head->argument > bytes.size()) return false;
      bytes.remove_prefix(head->argument);
      return true;
    case kArray:
    case kMap: {
      // Each element takes a byte at least, so a count beyond the bytes ends here and not in a long loop.
      const uint64_t each = head->major == kMap ? 2 : 1;
      if (head->argument > bytes.size() / each) return false;
      for (uint64_t left = head->argument * each; left > 0; --left) {
        if (!Skip(bytes, levels - 1)) return false;
      }
      return true;
    }
    default:
      return false;  // tags
  }
}

// A byte or text string as a view.
std::optional<std::string_view> TakeString(std::string_view& bytes, Major major) {
  const auto head = TakeHead(bytes);
  if (!head || head->major != major || head->argument > bytes.size()) return std::nullopt;
  const std::string_view text = bytes.substr(0, head->argument);
  bytes.remove_prefix(head->argument);
  return text;
}

}  // namespace

std::optional<std::size_t> ItemSize(std::string_view bytes) {
  std::string_view rest = bytes;
  if (!Skip(rest, kMostLevels)) return std::nullopt;
  return bytes.size() - rest.size();
}

std::optional<AttestationObject> SplitAttestationObject(std::string_view bytes) {
  const auto size = ItemSize(bytes);
  if (!size || *size != bytes.size()) return std::nullopt;
  const auto head = TakeHead(bytes);
  if (!head || head->major != kMap || head->argument != 3) return std::nullopt;
  AttestationObject object;
  for (int i = 0; i < 3; ++i) {
    const auto key = TakeString(bytes, kText);
    if (!key) return std::nullopt;
    if (*key == "fmt" && object.format.empty()) {
      const auto format = TakeString(bytes, kText);
      if (!format || format->empty()) return std::nullopt;
      object.format = *format;
    } else if (*key == "attStmt" && object.statement.empty()) {
      const auto length = ItemSize(bytes);
      if (!length || static_cast<uint8_t>(bytes.front()) >> 5 != kMap) return std::nullopt;
      object.statement = bytes.substr(0, *length);
      bytes.remove_prefix(*length);
    } else if (*key == "authData" && object.authenticator.empty()) {
      const auto data = TakeString(bytes, kBytes);
      if (!data || data->empty()) return std::nullopt;
      object.authenticator = *data;
    } else {
      return std::nullopt;
    }
  }
  return object;
}

}  // namespace wardkeep::fido
