#include "server/setting_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/trim.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;

constexpr uint64_t kDayMillis = 24ULL * 60 * 60 * 1000;

constexpr std::pair<std::string_view, uint64_t> kDurationUnits[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"", 1000}};  // the empty unit last

Error Invalid(std::string message) {
  return {ErrorCode::kInvalid, std::move(message)};
}

bool IsWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

base::Result<bool> ReadSwitch(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return Invalid("must be true or false");
}

base::Result<uint64_t> ReadNumber(std::string_view text, uint64_t least, uint64_t most) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < least ||
      number > most) {
    return Invalid("must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

base::Result<std::chrono::milliseconds> ReadDuration(std::string_view text) {
  for (const auto& [unit, millis] : kDurationUnits) {
    if (!text.ends_with(unit)) continue;
    const auto number = ReadNumber(text.substr(0, text.size() - unit.size()), 1, kDayMillis / millis);
    if (!number) break;
    return std::chrono::milliseconds(static_cast<int64_t>(*number * millis));
  }
  return Invalid("must be a duration up to a day, such as 250ms, 10s or 2m");
}

base::Result<ListenAddress> ReadListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  std::string_view address = text.substr(0, std::min(colon, text.size()));
  const bool is_v6 = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (is_v6) address = address.substr(1, address.size() - 2);
  if (colon == std::string_view::npos || address.empty() ||
      (!is_v6 && address.find(':') != std::string_view::npos)) {
    return Invalid("must be ADDRESS:PORT, such as 127.0.0.1:8480 or [::1]:8480");
  }
  WK_ASSIGN(const uint64_t port, ReadNumber(text.substr(colon + 1), 0, 65535));
  return ListenAddress{std::string(address), static_cast<uint16_t>(port)};
}

base::Result<BootstrapKey> ReadBootstrapKey(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view id = text.substr(0, std::min(colon, text.size()));
  const std::string_view secret =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const bool id_ok = id.size() >= 16 && id.size() <= 128 && std::all_of(id.begin(), id.end(), IsWord);
  const bool secret_ok =
      !secret.empty() && secret.size() <= 128 &&
      std::all_of(secret.begin(), secret.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (!id_ok || !secret_ok) {
    return Invalid(
        "must be ID:SECRET with an id of 16 to 128 letters, digits or underscores and a secret of 1 to "
        "128 printable characters");
  }
  return BootstrapKey{std::string(id), base::Secret(std::string(secret))};
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const std::string_view item = base::Trim(text.substr(0, comma)); !item.empty())
      items.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

}  // namespace wardkeep::server
