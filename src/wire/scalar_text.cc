#include "wire/scalar_text.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/base64.h"
#include "base/time_text.h"

namespace wardkeep::wire {
namespace {

using api::Kind;
using api::TimestampFormat;

template <typename T>
std::optional<T> ReadInteger(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename T>
bool Store(std::optional<T> read, void* value) {
  if (read.has_value()) *static_cast<T*>(value) = *read;
  return read.has_value();
}

// Exactly these (wire-protocols.md 2.1).
std::optional<bool> ReadBool(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

std::string DoubleText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end);
}

// ".123" for 123,000 microseconds; empty for a whole second.
std::string FractionText(int64_t micros) {
  if (micros == 0) return {};
  std::string digits = std::to_string(micros + 1'000'000).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string IsoText(base::Instant value) {
  std::string text = base::FormatIso8601(value);
  const auto micros = value - std::chrono::floor<std::chrono::seconds>(value);
  text.insert(text.size() - 1, FractionText(micros.count()));
  return text;
}

}  // namespace

std::optional<double> ReadDouble(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<base::Instant> ReadTimestamp(std::string_view text) {
  if (const auto iso = base::ParseIso8601(text)) return iso;
  if (const auto http = base::ParseHttpDate(text)) return http;
  const std::optional<double> seconds = ReadDouble(text);
  // Year 9999: beyond it no protocol has a text form.
  if (!seconds.has_value() || !(std::fabs(*seconds) <= 253'402'300'799.0)) return std::nullopt;
  return base::Instant(std::chrono::microseconds(std::llround(*seconds * 1e6)));
}

bool ReadScalar(const api::Shape& shape, std::string_view text, void* value) {
  switch (shape.kind) {
    case Kind::kString:
    case Kind::kDocument:
      *static_cast<std::string*>(value) = text;
      return true;
    case Kind::kBlob: {
      const auto bytes = base::Base64Decode(text);
      if (bytes.has_value()) static_cast<std::string*>(value)->assign(bytes->begin(), bytes->end());
      return bytes.has_value();
    }
    case Kind::kBoolean:
      return Store(ReadBool(text), value);
    case Kind::kInteger:
      return Store(ReadInteger<int32_t>(text), value);
    case Kind::kLong:
      return Store(ReadInteger<int64_t>(text), value);
    case Kind::kFloat:
    case Kind::kDouble:
      return Store(ReadDouble(text), value);
    case Kind::kTimestamp:
      return Store(ReadTimestamp(text), value);
    default:
      return false;
  }
}

std::string TimestampText(TimestampFormat format, base::Instant value) {
  switch (format) {
    case TimestampFormat::kEpochSeconds:
      return EpochText(value);
    case TimestampFormat::kWholeSeconds:
      return base::FormatIso8601(value);
    case TimestampFormat::kHttpDate:
      return base::FormatHttpDate(value);
    default:
      return IsoText(value);
  }
}

std::string EpochText(base::Instant value) {
  const int64_t micros = value.time_since_epoch().count();
  const int64_t size = micros < 0 ? -micros : micros;
  return (micros < 0 ? "-" : "") + std::to_string(size / 1'000'000) + FractionText(size % 1'000'000);
}

std::string ScalarText(const api::Shape& shape, TimestampFormat format, const void* value) {
  switch (shape.kind) {
    case Kind::kBlob:
      return base::Base64Encode(base::AsBytes(*static_cast<const std::string*>(value)));
    case Kind::kBoolean:
      return *static_cast<const bool*>(value) ? "true" : "false";
    case Kind::kInteger:
      return std::to_string(*static_cast<const int32_t*>(value));
    case Kind::kLong:
      return std::to_string(*static_cast<const int64_t*>(value));
    case Kind::kFloat:
    case Kind::kDouble:
      return DoubleText(*static_cast<const double*>(value));
    case Kind::kTimestamp:
      return TimestampText(format, *static_cast<const base::Instant*>(value));
    default:
      return *static_cast<const std::string*>(value);
  }
}

}  // namespace wardkeep::wire
