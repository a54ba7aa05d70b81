#include "policy/match/wide_chunk.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wardkeep::policy {
namespace {

static_assert(std::endian::native == std::endian::little);  // bit k of a word is byte k of the text

constexpr std::size_t kNotFound = std::string_view::npos;
constexpr std::size_t kStarts = 2048;   // looked at together
constexpr std::size_t kStretch = 2048;  // bytes of the chunk
constexpr std::size_t kSpan = kStarts + kStretch;
constexpr std::size_t kWords = kStarts / 64;

using Alive = std::array<uint64_t, kWords>;  // the starts still possible

// Bit k: whether text[k] is `byte`, for 64 bytes.
uint64_t EqualBits(const char* text, char byte) {
  uint64_t bits = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8(byte);
  for (unsigned i = 0; i < 64; i += 16) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
    const auto equal = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(here, wanted)));
    bits |= uint64_t{equal} << i;
  }
#else
  constexpr uint64_t kEach = 0x0101010101010101U;
  for (unsigned i = 0; i < 64; i += 8) {
    uint64_t here;
    std::memcpy(&here, text + i, sizeof here);
    here ^= kEach * static_cast<unsigned char>(byte);
    const uint64_t zero = ~(((here & 0x7F * kEach) + 0x7F * kEach) | here | 0x7F * kEach) >> 7;
    bits |= (zero * 0x0102040810204080U >> 56) << i;  // the lowest bits of the bytes, side by side
  }
#endif
  return bits;
}

// The same for up to 64 bytes; the bits beyond are zero.
uint64_t EqualBits(const char* text, std::size_t size, char byte) {
  if (size >= 64) return EqualBits(text, byte);
  uint64_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) bits |= uint64_t{text[i] == byte} << i;
  return bits;
}

bool IsAny(const Alive& alive) {
  uint64_t any = 0;
  for (const uint64_t word : alive) any |= word;
  return any != 0;
}

// Where one byte stands in a stretch of text, from any of its first kStretch places on.
class Standing {
 public:
  void Fill(std::string_view text, char byte) {
    std::array<uint64_t, kSpan / 64 + 1> words = {};
    for (std::size_t at = 0; at < std::min(text.size(), kSpan); at += 64) {
      words[at / 64] = EqualBits(text.data() + at, text.size() - at, byte);
    }
    for (unsigned shift = 0; shift < 8; ++shift) {
      for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const uint64_t next = words[i + 1] << 1 << (63 - shift);
        shifted_[shift][i] = words[i] >> shift | next;
      }
    }
  }
  // kStarts bits, of the places from `offset` on.
  const unsigned char* From(std::size_t offset) const {
    return reinterpret_cast<const unsigned char*>(shifted_[offset % 8].data()) + offset / 8;
  }

 private:
  std::array<std::array<uint64_t, kSpan / 64>, 8> shifted_;
};

// The search among up to kStarts starts, from the beginning of a text on.
class StartsSearch {
 public:
  StartsSearch(std::string_view text, std::size_t starts) : text_(text), starts_(std::min(starts, kStarts)) {
    for (std::size_t i = 0; i < kWords; ++i) {
      const std::size_t left = starts_ - std::min(starts_, i * 64);
      alive_[i] = left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1;
    }
  }

  // Clears the starts where `byte` does not stand `offset` further on.
  void KeepDirectly(char byte, std::size_t offset) {
    for (std::size_t at = 0; at < starts_; at += 64) {
      uint64_t& word = alive_[at / 64];
      if (word != 0) word &= EqualBits(text_.data() + offset + at, text_.size() - offset - at, byte);
    }
  }
  // The same in the order of offsets; what it clears may show after Settle only.
  void Keep(char byte, std::size_t offset) {
    if (offset >= stretch_ + kStretch) Move(offset);
    const auto value = static_cast<unsigned char>(byte);
    if (kept_[value] == 0 && used_[value] < kUsesBeforeKept) ++used_[value];
    if (kept_[value] == 0 && used_[value] == kUsesBeforeKept && kept_count_ < kKept) {
      standing_[kept_count_].Fill(text_.substr(stretch_), byte);
      kept_[value] = static_cast<uint8_t>(++kept_count_);
    }
    if (kept_[value] == 0) return KeepDirectly(byte, offset);
    waiting_[waiting_count_++] = standing_[kept_[value] - 1U].From(offset - stretch_);
    if (waiting_count_ == waiting_.size()) Settle();
  }
  void Settle() {
    if (waiting_count_ == 0) return;
    std::fill(waiting_.begin() + waiting_count_, waiting_.end(), waiting_[0]);
    for (std::size_t at = 0; at < starts_; at += kGroup * 64) KeepCommon(at / 64);
    waiting_count_ = 0;
  }

  bool any() const { return IsAny(alive_); }
  std::size_t First() const {
    for (std::size_t i = 0; i < kWords; ++i) {
      if (alive_[i] != 0) return i * 64 + static_cast<std::size_t>(std::countr_zero(alive_[i]));
    }
    return kNotFound;
  }

 private:
  static constexpr std::size_t kGroup = 8;
  static_assert(kWords % kGroup == 0);
  static constexpr std::size_t kKept = 4;         // bytes whose places are kept
  static constexpr unsigned kUsesBeforeKept = 6;  // as that costs as much as some uses without

  static uint64_t Load(const unsigned char* bits) {
    uint64_t word;
    std::memcpy(&word, bits, sizeof word);
    return word;
  }
  // For the words [first, first + kGroup). A copy of them, as the compiler must know that nothing else is
  // changed, and a constant number, so that it uses vectors.
  void KeepCommon(std::size_t first) {
    std::array<uint64_t, kGroup> common;
    std::memcpy(common.data(), alive_.data() + first, sizeof common);
    const auto [a, b, c, d] = waiting_;
    for (std::size_t i = 0; i < kGroup; ++i) {
      const std::size_t at = (first + i) * 8;
      common[i] &= Load(a + at) & Load(b + at) & Load(c + at) & Load(d + at);
    }
    std::memcpy(alive_.data() + first, common.data(), sizeof common);
  }
  void Move(std::size_t offset) {
    Settle();
    stretch_ = offset / kStretch * kStretch;
    used_ = {};
    kept_ = {};
    kept_count_ = 0;
  }

  std::string_view text_;
  std::size_t starts_;
  Alive alive_;
  std::size_t stretch_ = 0;
  std::array<uint8_t, 256> used_ = {};
  std::array<uint8_t, 256> kept_ = {};  // the number of the byte's Standing, from 1
  std::size_t kept_count_ = 0;
  std::array<Standing, kKept> standing_;
  std::array<const unsigned char*, 4> waiting_;
  unsigned waiting_count_ = 0;
};

// The ends of the first texts and of the last: they rule out most.
void KeepEnds(std::span<const Piece> chunk, std::size_t width, StartsSearch& search) {
  constexpr std::size_t kPieces = 4;
  std::size_t at = 0;
  for (std::size_t i = 0; i < std::min(chunk.size(), kPieces); ++i) {
    const std::string_view text = chunk[i].text;
    if (!text.empty()) search.KeepDirectly(text.front(), at);
    at += text.size() + chunk[i].count;
  }
  for (std::size_t i = chunk.size(); i > chunk.size() - std::min(chunk.size(), kPieces); --i) {
    const std::string_view text = chunk[i - 1].text;
    if (!text.empty()) search.KeepDirectly(text.back(), width - 1);
    width -= text.size() + chunk[i - 1].count;
  }
}

std::size_t FindAmongStarts(std::span<const Piece> chunk, std::size_t width, StartsSearch& search) {
  constexpr unsigned kCheckEvery = 32;
  KeepEnds(chunk, width, search);
  if (!search.any()) return kNotFound;
  std::size_t at = 0;
  unsigned compared = 0;
  for (const Piece& piece : chunk) {
    for (const char c : piece.text) {
      search.Keep(c, at++);
      if (++compared % kCheckEvery == 0 && !search.any()) return kNotFound;
    }
    at += piece.count;
  }
  search.Settle();
  return search.First();
}

}  // namespace

std::size_t FindWideChunk(std::span<const Piece> chunk, std::size_t width, std::string_view text) {
  const std::size_t starts = text.size() - width + 1;
  for (std::size_t base = 0; base < starts; base += kStarts) {
    StartsSearch search(text.substr(base), starts - base);
    const std::size_t found = FindAmongStarts(chunk, width, search);
    if (found != kNotFound) return base + found;
  }
  return kNotFound;
}

}  // namespace wardkeep::policy
