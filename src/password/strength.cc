#include "password/strength.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "password/common_passwords.h"
#include "password/plain_form.h"

namespace wardkeep::password {
namespace {

constexpr std::size_t kLongest = 128;     // characters that count
constexpr std::size_t kLongestWord = 24;  // no listed word is longer
constexpr std::size_t kShortestRun = 3;   // of repeats and sequences
constexpr double kOtherCharacter = 6.0;   // bits of a character that no pattern explains
constexpr double kDigit = 3.4;            // log2(10)
constexpr double kSubstitutions = 1.0;    // bits for having replaced letters
constexpr double kMixedCase = 1.0;        // bits for having changed case

double WordBits() {
  static const double bits = std::log2(static_cast<double>(CommonWordCount()));
  return bits;
}

double CharacterBits(char c) {
  return c >= '0' && c <= '9' ? kDigit : kOtherCharacter;
}

// The end of the run from `at` in which every character is the one before plus `step`: repeats for 0,
// sequences for 1 and -1.
std::size_t RunEnd(std::string_view text, std::size_t at, int step) {
  std::size_t end = at + 1;
  while (end < text.size() &&
         static_cast<unsigned char>(text[end]) - static_cast<unsigned char>(text[end - 1]) == step) {
    ++end;
  }
  return end;
}

// The cost of text[begin, end) as a listed word, or a negative number.
double CostAsWord(std::string_view text, std::string_view lower, std::string_view plain, std::size_t begin,
                  std::size_t end) {
  const std::size_t size = end - begin;
  const bool as_typed = IsCommonWord(lower.substr(begin, size));
  if (!as_typed && !IsCommonWord(plain.substr(begin, size))) return -1;
  double bits = as_typed ? WordBits() : WordBits() + kSubstitutions;
  if (text.substr(begin, size) != lower.substr(begin, size)) bits += kMixedCase;
  return bits;
}

}  // namespace

int EstimateStrength(std::string_view password) {
  const std::string_view text = password.substr(0, kLongest);
  const std::string lower = base::AsciiLower(text);
  const std::string plain = PlainForm(text);
  // best[i]: the fewest bits for the first i characters.
  std::vector<double> best(text.size() + 1, 1e9);
  best[0] = 0;
  const auto offer = [&](std::size_t end, double bits) { best[end] = std::min(best[end], bits); };
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    offer(begin + 1, best[begin] + CharacterBits(text[begin]));
    for (const int step : {0, 1, -1}) {
      const std::size_t end = RunEnd(lower, begin, step);
      for (std::size_t stop = begin + kShortestRun; stop <= end; ++stop) {
        offer(stop, best[begin] + CharacterBits(text[begin]) + std::log2(static_cast<double>(stop - begin)));
      }
    }
    const std::size_t longest = std::min(text.size(), begin + kLongestWord);
    for (std::size_t end = begin + kShortestRun; end <= longest; ++end) {
      const double bits = CostAsWord(text, lower, plain, begin, end);
      if (bits >= 0) offer(end, best[begin] + bits);
    }
  }
  return static_cast<int>(best[text.size()]);
}

}  // namespace wardkeep::password
