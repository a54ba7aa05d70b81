#include "wire/cbor_json.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/base64.h"
#include "base/utf8.h"
#include "json/parse.h"
#include "json/writer.h"

namespace wardkeep::wire {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxBytes = 10'000'000;

// The first byte of an item: three bits of major type, five of a count or its form.
enum Major : uint8_t { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };
constexpr uint8_t kIndefinite = 31;
constexpr uint8_t kBreak = 0xFF;
enum Simple : uint8_t {
  kFalse = 20,
  kTrue = 21,
  kNull = 22,
  kUndefined = 23,
  kHalf = 25,
  kSingle = 26,
  kDouble = 27
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  // False when the bytes are no item, or one that JSON cannot carry.
  bool Item(json::Writer& out, int depth) {
    if (depth > kMaxDepth || rest_.empty()) return false;
    const uint8_t first = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    const uint8_t form = first & 31U;
    switch (first >> 5U) {
      case kUnsigned:
        return Number(form, out, false);
      case kNegative:
        return Number(form, out, true);
      case kBytes:
      case kText:
        return String(static_cast<Major>(first >> 5U), form, out);
      case kArray:
        return Array(form, out, depth);
      case kMap:
        return Map(form, out, depth);
      case kTag:
        return Count(form).has_value() && Item(out, depth + 1);
      default:
        return SimpleOrFloat(form, out);
    }
  }

  bool AtEnd() const { return rest_.empty(); }

 private:
  // The number that `form` gives or announces; nullopt when it is cut off or reserved.
  std::optional<uint64_t> Count(uint8_t form) {
    if (form < 24) return form;
    if (form > 27) return std::nullopt;
    const std::size_t size = std::size_t{1} << (form - 24U);
    if (rest_.size() < size) return std::nullopt;
    uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<uint8_t>(rest_[i]);
    rest_.remove_prefix(size);
    return value;
  }

  bool TakeBreak() {
    if (rest_.empty() || static_cast<uint8_t>(rest_.front()) != kBreak) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool Number(uint8_t form, json::Writer& out, bool negative) {
    const auto value = Count(form);
    if (!value || (negative && *value > INT64_MAX)) return false;
    if (negative) {
      out.Int(-1 - static_cast<int64_t>(*value));
    } else {
      out.Unsigned(*value);
    }
    return true;
  }

  std::optional<std::string_view> Chunk(uint8_t form) {
    const auto size = Count(form);
    if (!size || *size > rest_.size()) return std::nullopt;
    const std::string_view chunk = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return chunk;
  }

  // Of an indefinite string all chunks; each must be of its type.
  std::optional<std::string> Chunks(Major major, uint8_t form) {
    std::string text;
    if (form != kIndefinite) {
      const auto chunk = Chunk(form);
      if (!chunk) return std::nullopt;
      return std::string(*chunk);
    }
    while (!TakeBreak()) {
      if (rest_.empty() || static_cast<uint8_t>(rest_.front()) >> 5U != major) return std::nullopt;
      const uint8_t inner = static_cast<uint8_t>(rest_.front()) & 31U;
      rest_.remove_prefix(1);
      const auto chunk = Chunk(inner);
      if (!chunk) return std::nullopt;
      text += *chunk;
    }
    return text;
  }

  bool String(Major major, uint8_t form, json::Writer& out) {
    const auto text = Chunks(major, form);
    if (!text || (major == kText && !base::IsUtf8(*text))) return false;
    out.String(major == kText ? *text : base::Base64Encode(base::AsBytes(*text)));
    return true;
  }

  bool Array(uint8_t form, json::Writer& out, int depth) {
    const auto count = form == kIndefinite ? std::optional<uint64_t>(UINT64_MAX) : Count(form);
    if (!count) return false;
    out.BeginArray();
    for (uint64_t i = 0; i < *count; ++i) {
      if (form == kIndefinite && TakeBreak()) break;
      if (!Item(out, depth + 1)) return false;
    }
    out.EndArray();
    return true;
  }

  bool Map(uint8_t form, json::Writer& out, int depth) {
    const auto count = form == kIndefinite ? std::optional<uint64_t>(UINT64_MAX) : Count(form);
    if (!count) return false;
    out.BeginObject();
    for (uint64_t i = 0; i < *count; ++i) {
      if (form == kIndefinite && TakeBreak()) break;
      if (rest_.empty() || static_cast<uint8_t>(rest_.front()) >> 5U != kText) return false;
      const uint8_t inner = static_cast<uint8_t>(rest_.front()) & 31U;
      rest_.remove_prefix(1);
      const auto key = Chunks(kText, inner);
      if (!key || !base::IsUtf8(*key)) return false;
      out.Key(*key);
      if (!Item(out, depth + 1)) return false;
    }
    out.EndObject();
    return true;
  }

  bool SimpleOrFloat(uint8_t form, json::Writer& out) {
    if (form == kTrue || form == kFalse) return out.Bool(form == kTrue), true;
    if (form == kNull || form == kUndefined) return out.Null(), true;
    if (form != kHalf && form != kSingle && form != kDouble) return false;
    const auto bits = Count(form);
    if (!bits) return false;
    const double value = form == kDouble   ? std::bit_cast<double>(*bits)
                         : form == kSingle ? std::bit_cast<float>(static_cast<uint32_t>(*bits))
                                           : HalfOf(static_cast<uint16_t>(*bits));
    if (!std::isfinite(value)) return false;
    out.Double(value);
    return true;
  }

  static double HalfOf(uint16_t bits) {
    const int exponent = bits >> 10U & 31;
    const double mantissa = bits & 1023;
    const double size = exponent == 0    ? std::ldexp(mantissa, -24)
                        : exponent == 31 ? INFINITY
                                         : std::ldexp(mantissa + 1024, exponent - 25);
    return (bits & 0x8000U) != 0 ? -size : size;
  }

  std::string_view rest_;
};

void AppendHead(std::string& out, Major major, uint64_t count) {
  const auto high = static_cast<uint8_t>(major << 5U);
  if (count < 24) {
    out += static_cast<char>(high | count);
    return;
  }
  const unsigned form = count <= UINT8_MAX ? 0U : count <= UINT16_MAX ? 1U : count <= UINT32_MAX ? 2U : 3U;
  out += static_cast<char>(high | (24U + form));
  for (unsigned shift = 8U << form; shift > 0; shift -= 8) out += static_cast<char>(count >> (shift - 8));
}

void AppendText(std::string& out, std::string_view text) {
  AppendHead(out, kText, text.size());
  out += text;
}

void AppendNumber(std::string& out, const json::Value& value) {
  if (const auto integer = value.AsInt64()) {
    const bool negative = *integer < 0;
    AppendHead(out, negative ? kNegative : kUnsigned,
               negative ? static_cast<uint64_t>(-1 - *integer) : static_cast<uint64_t>(*integer));
    return;
  }
  const auto bits = std::bit_cast<uint64_t>(value.AsDouble().value_or(0));
  out += static_cast<char>(kSimple << 5U | kDouble);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(bits >> static_cast<unsigned>(shift));
}

void AppendValue(std::string& out, const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::kNull:
      out += static_cast<char>(kSimple << 5U | kNull);
      break;
    case json::Kind::kBool:
      out += static_cast<char>(kSimple << 5U | (value.AsBool().value_or(false) ? kTrue : kFalse));
      break;
    case json::Kind::kNumber:
      AppendNumber(out, value);
      break;
    case json::Kind::kString:
      AppendText(out, *value.AsString());
      break;
    case json::Kind::kArray:
      AppendHead(out, kArray, value.elements().size());
      for (const json::Value& element : value.elements()) AppendValue(out, element);
      break;
    case json::Kind::kObject:
      AppendHead(out, kMap, value.members().size());
      for (const json::Member& member : value.members()) {
        AppendText(out, member.key);
        AppendValue(out, member.value);
      }
      break;
  }
}

}  // namespace

std::string CborTarget(std::string_view path) {
  constexpr std::string_view kStart = "/service/";
  constexpr std::string_view kMiddle = "/operation/";
  if (!path.starts_with(kStart)) return {};
  path.remove_prefix(kStart.size());
  const std::size_t middle = path.find(kMiddle);
  if (middle == std::string_view::npos) return {};
  return std::string(path.substr(0, middle)) + "." + std::string(path.substr(middle + kMiddle.size()));
}

base::Result<std::string, api::ApiError> CborToJson(std::string_view bytes) {
  if (bytes.empty()) return std::string();
  json::Writer out;
  Reader reader(bytes);
  if (!reader.Item(out, 0) || !reader.AtEnd()) {
    return api::Serialization("Unable to parse the request body: it is not one CBOR document.");
  }
  return std::move(out).Take();
}

std::string JsonToCbor(std::string_view json) {
  const auto root = json::Parse(json, {.max_bytes = 16 * kMaxBytes});
  std::string out;
  if (root) AppendValue(out, *root);
  return out;
}

}  // namespace wardkeep::wire
