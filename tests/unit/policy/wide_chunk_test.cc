// The search by bits finds what trying every place finds.
#include "policy/match/wide_chunk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace wardkeep::policy {
namespace {

// '?' stands for any byte; the texts of the pieces are views into `chunk`.
std::vector<Piece> PiecesOf(const std::string& chunk) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < chunk.size();) {
    const bool one = chunk[at] == '?';
    std::size_t end = at;
    while (end < chunk.size() && (chunk[end] == '?') == one) ++end;
    const std::string_view text = std::string_view(chunk).substr(at, end - at);
    if (one) {
      pieces.push_back({Piece::Kind::kOne, static_cast<uint32_t>(text.size()), {}, nullptr});
    } else {
      pieces.push_back({Piece::Kind::kText, 0, text, nullptr});
    }
    at = end;
  }
  return pieces;
}

std::size_t FindSlowly(const std::string& chunk, const std::string& text) {
  const auto fits = [](char t, char c) { return c == '?' || c == t; };
  const auto found = std::search(text.begin(), text.end(), chunk.begin(), chunk.end(), fits);
  return found == text.end() ? std::string::npos : static_cast<std::size_t>(found - text.begin());
}

// Chunks cut out of a text that repeats itself, so that much of it nearly fits, then changed.
TEST(WideChunk, IsFoundWhereTryingEveryPlaceFindsIt) {
  std::mt19937 random(3);
  const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
  const std::string_view alphabets[] = {"a", "aab", "abcdefg", std::string_view("a\0\xFF", 3)};
  int found = 0;
  int later = 0;
  constexpr int kRounds = 400;
  for (int round = 0; round < kRounds; ++round) {
    const std::string_view alphabet = alphabets[below(4)];
    const std::size_t period = 1 + below(round % 2 == 0 ? 5 : 700);
    std::string text;
    for (std::size_t i = 0; i < period; ++i) text += alphabet[below(alphabet.size())];
    const std::size_t size = 70 + below(7000);
    while (text.size() < size) text += text;
    text.resize(size);
    for (std::size_t changes = below(4); changes > 0; --changes) text[below(size)] = 'b';
    const std::size_t width = 65 + below(size - 65);
    std::string chunk = text.substr(below(size - width + 1), width);
    const std::size_t every = 1 + below(60);
    for (std::size_t at = below(every); at < width; at += 1 + below(every)) chunk[at] = '?';
    if (below(3) == 0) chunk[below(width)] = 'b';
    const std::size_t expected = FindSlowly(chunk, text);
    ASSERT_EQ(FindWideChunk(PiecesOf(chunk), width, text), expected) << chunk << "\n" << text;
    if (expected == std::string::npos) continue;
    ++found;
    if (expected > 0) ++later;
  }
  EXPECT_GT(found, kRounds / 2);
  EXPECT_LT(found, kRounds);
  EXPECT_GT(later, kRounds / 8);
}

TEST(WideChunk, IsFoundAtTheVeryEndsOfItsStretches) {
  for (const std::size_t place : {0U, 1U, 63U, 64U, 2047U, 2048U, 4095U, 4096U, 4100U}) {
    for (const std::size_t width : {65U, 128U, 2048U, 2049U, 4097U}) {
      std::string text(place + width, 'a');
      std::string chunk(width, 'a');
      chunk[width / 2] = '?';
      // Without these it would be found at 0.
      text[place + width - 1] = chunk[width - 1] = 'b';
      const std::vector<Piece> pieces = PiecesOf(chunk);
      EXPECT_EQ(FindWideChunk(pieces, width, text), place) << width;
      text.back() = 'a';
      EXPECT_EQ(FindWideChunk(pieces, width, text), std::string::npos) << place << " " << width;
    }
  }
}

TEST(WideChunk, OfNothingButQuestionMarksStandsAnywhere) {
  EXPECT_EQ(FindWideChunk(PiecesOf(std::string(100, '?')), 100, std::string(100, 'x')), 0U);
}

}  // namespace
}  // namespace wardkeep::policy
