#include "auth/access_key_id.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "base/assert.h"

namespace wardkeep::auth {
namespace {

constexpr std::string_view kLongTermPrefix = "AKIA";
constexpr std::string_view kTemporaryPrefix = "ASIA";
constexpr std::size_t kPrefixSize = 4;
constexpr std::size_t kIdSize = 20;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr uint64_t kMaxAccount = 999'999'999'999;
constexpr int kBitsBelowAccount = 7;
constexpr uint64_t kTopBit = uint64_t{1} << 47;

// Ten bytes as they are coded: 48 bits with the account, 32 more random ones.
struct Payload {
  uint64_t head = 0;
  uint32_t tail = 0;
};

std::string Encode(const Payload& payload) {
  // 16 characters of 5 bits: the first nine hold the top 45 bits of the head, the tenth its last 3 and 2 of
  // the tail.
  std::string text;
  for (int shift = 43; shift >= 3; shift -= 5) text += kAlphabet[(payload.head >> shift) & 31];
  text += kAlphabet[((payload.head & 7) << 2) | (payload.tail >> 30)];
  for (int shift = 25; shift >= 0; shift -= 5) text += kAlphabet[(payload.tail >> shift) & 31];
  return text;
}

std::optional<uint64_t> DecodeHead(std::string_view text) {
  uint64_t head = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = kAlphabet.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    if (i < 9) head = head << 5 | digit;
    if (i == 9) head = head << 3 | digit >> 2;
  }
  return head;
}

std::string TwelveDigits(uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(12 - digits.size(), '0') + digits;
}

}  // namespace

std::string MakeAccessKeyId(AccessKeyKind kind, const base::AccountId& account_id, base::Rng& rng) {
  WK_ASSERT(base::IsAccountId(account_id.value()));
  uint64_t account = 0;
  const std::string& digits = account_id.value();
  std::from_chars(digits.data(), digits.data() + digits.size(), account);
  std::array<uint8_t, 5> random{};
  rng.Fill(random);
  Payload payload;
  payload.head = kTopBit | account << kBitsBelowAccount | (random[0] & 0x7fU);
  for (std::size_t i = 1; i < random.size(); ++i) payload.tail = payload.tail << 8 | random[i];
  const auto prefix = kind == AccessKeyKind::kLongTerm ? kLongTermPrefix : kTemporaryPrefix;
  return std::string(prefix) + Encode(payload);
}

std::optional<ParsedAccessKeyId> ParseAccessKeyId(std::string_view id) {
  if (id.size() != kIdSize) return std::nullopt;
  const std::string_view prefix = id.substr(0, kPrefixSize);
  if (prefix != kLongTermPrefix && prefix != kTemporaryPrefix) return std::nullopt;
  const auto head = DecodeHead(id.substr(kPrefixSize));
  if (!head || (*head & kTopBit) == 0) return std::nullopt;
  const uint64_t account = (*head & ~kTopBit) >> kBitsBelowAccount;
  if (account > kMaxAccount) return std::nullopt;
  const auto kind = prefix == kLongTermPrefix ? AccessKeyKind::kLongTerm : AccessKeyKind::kTemporary;
  return ParsedAccessKeyId{kind, base::AccountId(TwelveDigits(account))};
}

}  // namespace wardkeep::auth
