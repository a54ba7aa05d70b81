#include "policy/match/glob.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "policy/match/wide_chunk.h"

namespace wardkeep::policy {
namespace {

using Kind = Piece::Kind;
constexpr std::size_t kNotFound = std::string_view::npos;
constexpr std::size_t kBlock = 64;

// A piece over units of UTF-16, for the rare case in which bytes will not do.
struct WidePiece {
  Kind kind = Kind::kText;
  uint32_t count = 0;
  std::u32string_view text;
};

template <typename P>
std::size_t Width(const P& piece) {
  return piece.kind == Kind::kOne ? piece.count : piece.text.size();
}

template <typename P>
std::size_t Width(std::span<const P> chunk) {
  std::size_t width = 0;
  for (const P& piece : chunk) width += Width(piece);
  return width;
}

// `text` holds at least Width(chunk) characters.
template <typename P, typename Char>
bool StandsAt(std::span<const P> chunk, const Char* text) {
  for (const P& piece : chunk) {
    if (piece.kind == Kind::kText && !std::equal(piece.text.begin(), piece.text.end(), text)) return false;
    text += Width(piece);
  }
  return true;
}

// Clears the places in `alive` whose character is not `wanted`. The constant length lets the compiler use
// vectors.
template <typename Char>
void KeepEqual(uint8_t* __restrict alive, const Char* __restrict text, Char wanted, std::size_t places) {
  if (places == kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) alive[i] &= static_cast<uint8_t>(text[i] == wanted);
  } else {
    for (std::size_t i = 0; i < places; ++i) alive[i] &= static_cast<uint8_t>(text[i] == wanted);
  }
}

// The first of `places` neighbouring starts, from `text` on, at which the chunk stands.
template <typename P, typename Char>
std::size_t FirstInBlock(std::span<const P> chunk, const Char* text, std::size_t places) {
  constexpr unsigned kCheckEvery = 16;
  std::array<uint8_t, kBlock> alive;
  alive.fill(1);
  unsigned compared = 0;
  for (const P& piece : chunk) {
    if (piece.kind == Kind::kText) {
      for (std::size_t i = 0; i < piece.text.size(); ++i) {
        KeepEqual(alive.data(), text + i, piece.text[i], places);
        const bool check = ++compared % kCheckEvery == 0;
        if (check && std::memchr(alive.data(), 1, places) == nullptr) return kNotFound;
      }
    }
    text += Width(piece);
  }
  const void* first = std::memchr(alive.data(), 1, places);
  if (first == nullptr) return kNotFound;
  return static_cast<std::size_t>(static_cast<const uint8_t*>(first) - alive.data());
}

// Whether `byte`, which stands `offset` bytes into a chunk, occurs where it would have to if the chunk stood
// at one of `starts` places: the cheapest way to refuse.
const char* FirstPlaceOf(char byte, std::size_t offset, std::size_t starts, std::string_view text) {
  return static_cast<const char*>(std::memchr(text.data() + offset, byte, starts));
}

// `text` holds at least as much.
bool StandsAtStart(std::u32string_view wanted, const char32_t* text) {
  return std::equal(wanted.begin(), wanted.end(), text);
}
bool StandsAtStart(std::string_view wanted, const char* text) {
  if (wanted.size() > 8) return std::memcmp(wanted.data(), text, wanted.size()) == 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] != text[i]) return false;
  }
  return true;
}

// A chunk of up to 64 bytes, '?' included: bit i of the state says whether the bytes up to here end with the
// first i + 1 of the chunk. Three operations for each byte of the text, whatever is in it.
std::size_t FindByBits(std::span<const Piece> chunk, std::size_t width, std::string_view text) {
  uint64_t anything = 0;
  std::array<uint64_t, 256> fits = {};
  std::size_t at = 0;
  for (const Piece& piece : chunk) {
    for (const char c : piece.text) fits[static_cast<unsigned char>(c)] |= uint64_t{1} << at++;
    for (uint32_t i = 0; i < piece.count; ++i) anything |= uint64_t{1} << at++;
  }
  const uint64_t last = uint64_t{1} << (width - 1);
  uint64_t state = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    state = (state << 1 | 1) & (fits[static_cast<unsigned char>(text[i])] | anything);
    if ((state & last) != 0) return i + 1 - width;
  }
  return kNotFound;
}

std::size_t FindText(std::span<const Piece> chunk, std::string_view text) {
  const std::string_view wanted = chunk.front().text;
  if (wanted.size() > text.size()) return kNotFound;
  if (StandsAtStart(wanted, text.data())) return 0;
  const std::size_t starts = text.size() - wanted.size() + 1;
  const char* place = FirstPlaceOf(wanted.front(), 0, starts, text);
  if (place == nullptr) return kNotFound;
  if (wanted.size() > 1) {
    if (FirstPlaceOf(wanted.back(), wanted.size() - 1, starts, text) == nullptr) return kNotFound;
    // The library's search takes up to half the length of a short text for each byte of the key.
    if (wanted.size() <= 64 && text.size() > 1024) return FindByBits(chunk, wanted.size(), text);
    place = static_cast<const char*>(memmem(text.data(), text.size(), wanted.data(), wanted.size()));
  }
  return place == nullptr ? kNotFound : static_cast<std::size_t>(place - text.data());
}

// The first of the places from `text` on, 64 at a time: its cost is certain.
template <typename P, typename Char>
std::size_t FindByBlocks(std::span<const P> chunk, std::size_t starts, const Char* text) {
  for (std::size_t base = 0; base < starts; base += kBlock) {
    const std::size_t found = FirstInBlock(chunk, text + base, std::min(kBlock, starts - base));
    if (found != kNotFound) return base + found;
  }
  return kNotFound;
}

// A byte of a chunk and where it stands in it.
struct Anchor {
  char byte = 0;
  std::size_t offset = 0;
  std::size_t first = 0;  // the first start that it leaves possible
};

// Of the ends of the chunk's texts the one that rules out the most starts; nothing if one rules out all.
std::optional<Anchor> FindAnchor(std::span<const Piece> chunk, std::size_t starts, std::string_view text) {
  constexpr std::size_t kTries = 8;
  Anchor best;
  bool any = false;
  const auto offer = [&](char byte, std::size_t offset) {
    const char* place = FirstPlaceOf(byte, offset, starts, text);
    if (place == nullptr) return false;
    const auto start = static_cast<std::size_t>(place - text.data()) - offset;
    if (!any || start > best.first) best = {byte, offset, start};
    any = true;
    return true;
  };
  std::size_t end = Width(chunk);
  std::size_t tries = 0;
  for (std::size_t i = chunk.size(); i > 0 && tries < kTries;
       --i) {  // the last come first: they are the least usual
    const Piece& piece = chunk[i - 1];
    if (piece.kind == Kind::kText && !piece.text.empty()) {  // the value of a variable may be empty
      ++tries;
      if (!offer(piece.text.back(), end - 1)) return std::nullopt;
      if (!offer(piece.text.front(), end - piece.text.size())) return std::nullopt;
    }
    end -= Width(piece);
  }
  return best;
}

// A chunk with a '?' inside: tried wherever its anchor occurs, a few times, then all starts by bits.
std::size_t FindMixedChunk(std::span<const Piece> chunk, std::size_t width, std::string_view text) {
  const std::size_t starts = text.size() - width + 1;
  const std::optional<Anchor> anchor =
      FindAnchor(chunk, starts, text);  // the start itself for nothing but '?'
  if (!anchor) return kNotFound;
  // As long as that costs no more than reading the text a few times.
  constexpr std::size_t kMostPieces = 16;
  const std::size_t tries = chunk.size() > kMostPieces ? 0 : width <= 64 ? 4 : text.size() / width + 4;
  std::size_t start = anchor->first;
  for (std::size_t left = tries; left > 0; --left) {
    if (StandsAt(chunk, text.data() + start)) return start;
    if (++start == starts) return kNotFound;
    const char* place = FirstPlaceOf(anchor->byte, anchor->offset + start, starts - start, text);
    if (place == nullptr) return kNotFound;
    start = static_cast<std::size_t>(place - text.data()) - anchor->offset;
  }
  const std::string_view rest = text.substr(start);
  const std::size_t found = width <= 64 ? FindByBits(chunk, width, rest) : FindWideChunk(chunk, width, rest);
  return found == kNotFound ? kNotFound : start + found;
}

template <typename P, typename Text>
std::size_t FindChunk(std::span<const P> chunk, std::size_t width, Text text) {
  if (width > text.size()) return kNotFound;
  if (width == 0) return 0;
  if constexpr (std::is_same_v<P, Piece>) {
    if (chunk.size() == 1 && chunk[0].kind == Kind::kText) return FindText(chunk, text);
    return FindMixedChunk(chunk, width, text);
  } else {
    return FindByBlocks(chunk, text.size() - width + 1, text.data());
  }
}

template <typename P>
std::size_t NextRun(std::span<const P> pieces, std::size_t from) {
  while (from < pieces.size() && pieces[from].kind != Kind::kRun) ++from;
  return from;
}

template <typename P>
std::size_t LastRun(std::span<const P> pieces) {
  std::size_t run = pieces.size();
  while (run > 0 && pieces[run - 1].kind != Kind::kRun) --run;
  return run == 0 ? pieces.size() : run - 1;
}

// A chunk that begins at `start`: where the run after it is, its width, and whether it stands at the
// beginning of `text`.
struct Cut {
  std::size_t run;
  std::size_t width;
  bool stands;
};

template <typename P, typename Text>
Cut CutChunk(std::span<const P> pieces, std::size_t start, Text text) {
  const P* piece = pieces.data() + start;
  std::size_t width = 0;
  for (; piece->kind != Kind::kRun; ++piece) {
    const std::size_t own = piece->count + piece->text.size();  // one of them is 0
    if (own > text.size() - width || !StandsAtStart(piece->text, text.data() + width)) break;
    width += own;
  }
  const bool stands = piece->kind == Kind::kRun;
  for (; piece->kind != Kind::kRun; ++piece) width += piece->count + piece->text.size();
  return {static_cast<std::size_t>(piece - pieces.data()), width, stands};
}

template <typename P, typename Text>
bool Match(std::span<const P> pieces, Text text) {
  const std::size_t last = LastRun(pieces);
  if (last == pieces.size()) return Width(pieces) == text.size() && StandsAt(pieces, text.data());
  // Both ends first: they are the cheapest to refuse.
  std::size_t run = NextRun(pieces, 0);
  const std::span<const P> front = pieces.first(run);
  const std::span<const P> back = pieces.subspan(last + 1);
  const std::size_t front_width = Width(front);
  const std::size_t back_width = Width(back);
  if (front_width + back_width > text.size() || !StandsAt(front, text.data())) return false;
  if (!StandsAt(back, text.data() + (text.size() - back_width))) return false;
  text = text.substr(front_width, text.size() - front_width - back_width);
  while (run != last) {
    const std::size_t start = run + 1;
    if constexpr (std::is_same_v<P, Piece>) {
      // Most often a text between two stars that stands right here or is looked for.
      const std::string_view wanted = pieces[start].text;
      const bool alone = pieces[start].kind == Kind::kText && pieces[start + 1].kind == Kind::kRun;
      if (alone && wanted.size() <= text.size() && StandsAtStart(wanted, text.data())) {
        text.remove_prefix(wanted.size());
        run = start + 1;
        continue;
      }
    }
    const Cut cut = CutChunk(pieces, start, text);
    run = cut.run;
    const std::size_t place = cut.stands ? 0 : FindChunk(pieces.subspan(start, run - start), cut.width, text);
    if (place == kNotFound) return false;
    text.remove_prefix(place + cut.width);
  }
  return true;
}

// Appends the units of UTF-8 text: a character is one unit, the number that its bytes make, and one beyond
// U+FFFF, which has four bytes, is two, as in UTF-16. A byte that continues nothing is a unit of its own, so
// any bytes can be read.
template <typename Vector>
void AppendUnits(std::string_view text, Vector& out) {
  constexpr char32_t kFourBytes = 0xF0000000;
  constexpr char32_t kSecondUnit = 0x10000;  // the number of no character
  const std::size_t first = out.size();
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80 || out.size() == first) {
      out.push_back(byte);
      continue;
    }
    out.back() = out.back() << 8 | byte;
    if (out.back() < kFourBytes) continue;
    const char32_t whole = out.back();
    out.back() = whole >> 16;
    out.push_back(kSecondUnit | (whole & 0xFFFFU));
  }
}

bool MatchUnits(std::span<const Piece> pieces, std::string_view text) {
  std::array<std::byte, 4096> buffer;
  std::pmr::monotonic_buffer_resource memory(buffer.data(), buffer.size());
  std::size_t bytes = text.size();
  for (const Piece& piece : pieces) bytes += piece.text.size();
  std::pmr::vector<char32_t> units(&memory);
  units.reserve(bytes);  // so that views into it stay valid
  AppendUnits(text, units);
  const std::u32string_view wide_text(units.data(), units.size());
  std::pmr::vector<WidePiece> wide(&memory);
  wide.reserve(pieces.size());
  for (const Piece& piece : pieces) {
    const std::size_t start = units.size();
    AppendUnits(piece.text, units);
    wide.push_back({piece.kind, piece.count, {units.data() + start, units.size() - start}});
  }
  return Match(std::span<const WidePiece>(wide), wide_text);
}

bool IsOne(const Piece& piece) {
  return piece.kind == Kind::kOne;
}
bool IsBeyondAscii(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

bool MatchesGlob(std::span<const Piece> pieces, std::string_view text) {
  // Bytes and units differ only for '?'.
  const bool by_unit = std::any_of(pieces.begin(), pieces.end(), IsOne) &&
                       std::any_of(text.begin(), text.end(), IsBeyondAscii);
  return by_unit ? MatchUnits(pieces, text) : Match(pieces, text);
}

}  // namespace wardkeep::policy
