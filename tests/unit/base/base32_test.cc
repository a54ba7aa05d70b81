#include "base/base32.h"

#include <gtest/gtest.h>

#include "base/base64.h"

namespace wardkeep::base {
namespace {

std::optional<std::string> Decoded(std::string_view text) {
  const auto bytes = Base32Decode(text);
  if (!bytes) return std::nullopt;
  return std::string(bytes->begin(), bytes->end());
}

TEST(Base32, TurnsTheVectorsOfRfc4648BothWays) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "MY"},
                                                                   {"fo", "MZXQ"},
                                                                   {"foo", "MZXW6"},
                                                                   {"foob", "MZXW6YQ"},
                                                                   {"fooba", "MZXW6YTB"},
                                                                   {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : vectors) {
    EXPECT_EQ(Base32Encode(AsBytes(plain)), text);
    EXPECT_EQ(Decoded(text), plain);
    EXPECT_EQ(Decoded(std::string(text) + std::string((8 - text.size() % 8) % 8, '=')), plain);
  }
  EXPECT_EQ(Decoded("mzxw6ytb"), "fooba");
}

TEST(Base32, RefusesWhatNoEncodingHas) {
  for (const char* text :
       {"M", "MZX", "MZXW6Y", "MZ", "MY=", "MY=====", "M1======", "MY MZ", "MZXW6YTB=", "=", "8"}) {
    EXPECT_FALSE(Base32Decode(text)) << text;
  }
}

}  // namespace
}  // namespace wardkeep::base
