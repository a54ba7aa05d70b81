#include "password/plain_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace wardkeep::password {
namespace {

constexpr std::array<std::pair<char, char>, 12> kLookAlikes = {{{'0', 'o'},
                                                                {'1', 'l'},
                                                                {'3', 'e'},
                                                                {'4', 'a'},
                                                                {'5', 's'},
                                                                {'7', 't'},
                                                                {'8', 'b'},
                                                                {'@', 'a'},
                                                                {'$', 's'},
                                                                {'!', 'i'},
                                                                {'+', 't'},
                                                                {'|', 'l'}}};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string PlainForm(std::string_view text) {
  std::string plain = base::AsciiLower(text);
  for (char& c : plain) {
    const auto* row = std::find_if(kLookAlikes.begin(), kLookAlikes.end(),
                                   [&](const auto& look_alike) { return look_alike.first == c; });
    if (row != kLookAlikes.end()) c = row->second;
  }
  return plain;
}

std::string_view Core(std::string_view text) {
  while (!text.empty() && !IsLetter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !IsLetter(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wardkeep::password
