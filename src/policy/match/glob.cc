#include "policy/match/glob.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/ascii.h"

namespace wardkeep::policy {
namespace {

using Kind = Piece::Kind;
constexpr std::size_t kNotFound = std::string_view::npos;
constexpr std::size_t kBlock = 64;

std::size_t Width(const Piece& piece) {
  return piece.kind == Kind::kOne ? piece.count : piece.text.size();
}

std::size_t Width(std::span<const Piece> chunk) {
  std::size_t width = 0;
  for (const Piece& piece : chunk) width += Width(piece);
  return width;
}

// `text` holds at least Width(chunk) bytes.
bool StandsAt(std::span<const Piece> chunk, const char* text) {
  for (const Piece& piece : chunk) {
    if (piece.kind == Kind::kText && !piece.text.empty() &&
        std::memcmp(piece.text.data(), text, piece.text.size()) != 0) {
      return false;
    }
    text += Width(piece);
  }
  return true;
}

// Clears the places in `alive` whose byte is not `wanted`. The constant length lets the compiler use vectors.
void KeepEqual(uint8_t* __restrict alive, const char* __restrict text, char wanted, std::size_t places) {
  if (places == kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) alive[i] &= static_cast<uint8_t>(text[i] == wanted);
  } else {
    for (std::size_t i = 0; i < places; ++i) alive[i] &= static_cast<uint8_t>(text[i] == wanted);
  }
}

// The first of `places` neighbouring starts, from `text` on, at which the chunk stands.
std::size_t FirstInBlock(std::span<const Piece> chunk, const char* text, std::size_t places) {
  std::array<uint8_t, kBlock> alive;
  alive.fill(1);
  for (const Piece& piece : chunk) {
    if (piece.kind == Kind::kText) {
      for (std::size_t i = 0; i < piece.text.size(); ++i) {
        KeepEqual(alive.data(), text + i, piece.text[i], places);
        if (i % 8 == 7 && std::memchr(alive.data(), 1, places) == nullptr) return kNotFound;
      }
    }
    text += Width(piece);
    if (std::memchr(alive.data(), 1, places) == nullptr) return kNotFound;
  }
  return static_cast<std::size_t>(static_cast<const uint8_t*>(std::memchr(alive.data(), 1, places)) -
                                  alive.data());
}

std::size_t FindChunk(std::span<const Piece> chunk, std::size_t width, std::string_view text) {
  if (width > text.size()) return kNotFound;
  if (width == 0) return 0;
  if (chunk.size() == 1 && chunk[0].kind == Kind::kText) {
    const void* found = memmem(text.data(), text.size(), chunk[0].text.data(), width);
    return found == nullptr ? kNotFound
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  }
  const std::size_t starts = text.size() - width + 1;
  for (std::size_t base = 0; base < starts; base += kBlock) {
    std::size_t found = FirstInBlock(chunk, text.data() + base, std::min(kBlock, starts - base));
    if (found != kNotFound) return base + found;
  }
  return kNotFound;
}

std::size_t NextRun(std::span<const Piece> pieces, std::size_t from) {
  while (from < pieces.size() && pieces[from].kind != Kind::kRun) ++from;
  return from;
}

// One step of a comparison that folds case: the folded byte, given the byte before it in the text. In UTF-8
// the letters U+00C0..U+00DE are 0xC3 0x80..0x9E and their small forms lie 0x20 above; 0x97 is the
// multiplication sign.
unsigned char FoldByte(unsigned char previous, unsigned char byte) {
  if (previous == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
    return static_cast<unsigned char>(byte + 0x20);
  return static_cast<unsigned char>(base::AsciiLower(static_cast<char>(byte)));
}

}  // namespace

bool MatchesGlob(std::span<const Piece> pieces, std::string_view text) {
  std::size_t run = NextRun(pieces, 0);
  std::span<const Piece> chunk = pieces.first(run);
  std::size_t width = Width(chunk);
  if (run == pieces.size()) return width == text.size() && StandsAt(chunk, text.data());
  if (width > text.size() || !StandsAt(chunk, text.data())) return false;
  text.remove_prefix(width);
  for (;;) {
    std::size_t start = run + 1;
    run = NextRun(pieces, start);
    chunk = pieces.subspan(start, run - start);
    width = Width(chunk);
    if (run == pieces.size()) {
      return width <= text.size() && StandsAt(chunk, text.data() + (text.size() - width));
    }
    std::size_t place = FindChunk(chunk, width, text);
    if (place == kNotFound) return false;
    text.remove_prefix(place + width);
  }
}

bool EqualsIgnoringCase(std::span<const Piece> pieces, std::string_view text) {
  if (Width(pieces) != text.size()) return false;
  unsigned char left_before = 0;
  unsigned char right_before = 0;
  std::size_t place = 0;
  for (const Piece& piece : pieces) {
    for (char c : piece.text) {
      const auto left = static_cast<unsigned char>(c);
      const auto right = static_cast<unsigned char>(text[place++]);
      if (FoldByte(left_before, left) != FoldByte(right_before, right)) return false;
      left_before = left;
      right_before = right;
    }
  }
  return true;
}

}  // namespace wardkeep::policy
