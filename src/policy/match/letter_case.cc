#include "policy/match/letter_case.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "policy/match/case_tables.h"

namespace wardkeep::policy {
namespace {

constexpr char32_t kSigma = 0x3A3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kCapitalIWithDot = 0x130;
constexpr char32_t kDotAbove = 0x307;
constexpr char32_t kNoScalar = 0x110000;  // plus a byte: a byte that is no UTF-8

template <typename Table>
auto RangeOf(const Table& table, char32_t scalar) {
  const auto after = std::upper_bound(table.begin(), table.end(), scalar,
                                      [](char32_t wanted, const auto& row) { return wanted < row.first; });
  if (after == table.begin()) return table.end();
  const auto row = std::prev(after);
  return scalar <= row->last ? row : table.end();
}

// The scalar that `text`, which is not empty, begins with; it is taken off.
char32_t TakeScalar(std::string_view& text) {
  const std::size_t size = base::Utf8Length(text);
  const auto first = static_cast<unsigned char>(text.front());
  if (size == 0) {
    text.remove_prefix(1);
    return kNoScalar + first;
  }
  char32_t scalar = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) scalar = scalar << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(size);
  return scalar;
}

// The scalars of several texts, one after the other, in lower case.
class LowerReader {
 public:
  explicit LowerReader(std::span<const Piece> pieces) : pieces_(pieces) { SkipEmpty(); }

  // Nothing at the end.
  std::optional<char32_t> Next() {
    if (pending_dot_) {
      pending_dot_ = false;
      return kDotAbove;
    }
    if (rest_.empty()) return std::nullopt;
    const char32_t scalar = Take();
    pending_dot_ = scalar == kCapitalIWithDot;
    const bool is_final_sigma = scalar == kSigma && after_cased_ && !IsBeforeCased();
    if (!IsCaseIgnorable(scalar)) after_cased_ = IsCased(scalar);
    return is_final_sigma ? kFinalSigma : LowerCaseOf(scalar);
  }

 private:
  char32_t Take() {
    const char32_t scalar = TakeScalar(rest_);
    SkipEmpty();
    return scalar;
  }
  void SkipEmpty() {
    while (rest_.empty() && next_ < pieces_.size()) rest_ = pieces_[next_++].text;
  }
  // Whether a cased letter follows, with nothing but case-ignorable scalars before it. A run of those is
  // looked at again only for the one sigma in front of it.
  bool IsBeforeCased() const {
    LowerReader ahead = *this;
    while (!ahead.rest_.empty()) {
      const char32_t scalar = ahead.Take();
      if (!IsCaseIgnorable(scalar)) return IsCased(scalar);
    }
    return false;
  }

  std::span<const Piece> pieces_;
  std::size_t next_ = 0;
  std::string_view rest_;  // empty at the end only
  bool after_cased_ = false;
  bool pending_dot_ = false;
};

// Most often all is ASCII, and then byte by byte will do; nothing if it will not.
std::optional<bool> EqualsAsAscii(std::span<const Piece> pieces, std::string_view text) {
  for (const Piece& piece : pieces) {
    for (const char c : piece.text) {
      if (text.empty()) return false;
      if (((static_cast<unsigned char>(c) | static_cast<unsigned char>(text.front())) & 0x80U) != 0)
        return std::nullopt;
      if (base::AsciiLower(c) != base::AsciiLower(text.front())) return false;
      text.remove_prefix(1);
    }
  }
  return text.empty();
}

}  // namespace

char32_t LowerCaseOf(char32_t scalar) {
  if (scalar < 0x80) return static_cast<unsigned char>(base::AsciiLower(static_cast<char>(scalar)));
  if (scalar == kCapitalIWithDot) return U'i';
  const auto row = RangeOf(kLowerRanges, scalar);
  if (row == kLowerRanges.end() || (scalar - row->first) % row->step != 0) return scalar;
  return static_cast<char32_t>(static_cast<int32_t>(scalar) + row->delta);
}

bool IsCased(char32_t scalar) {
  return RangeOf(kCased, scalar) != kCased.end();
}

bool IsCaseIgnorable(char32_t scalar) {
  return RangeOf(kCaseIgnorable, scalar) != kCaseIgnorable.end();
}

bool EqualsInLowerCase(std::span<const Piece> pieces, std::string_view text) {
  if (const std::optional<bool> equal = EqualsAsAscii(pieces, text)) return *equal;
  const Piece whole{Piece::Kind::kText, 0, text, nullptr};
  LowerReader left(pieces);
  LowerReader right(std::span(&whole, 1));
  while (true) {
    const std::optional<char32_t> a = left.Next();
    if (a != right.Next()) return false;
    if (!a) return true;
  }
}

}  // namespace wardkeep::policy
