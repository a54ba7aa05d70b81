#include "crypto/password_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardkeep::crypto {
namespace {

using base::Secret;

TEST(PasswordHash, VerifiesItsOwnPasswordOnly) {
  const auto hash = HashPassword(Secret("correct horse"));
  ASSERT_TRUE(hash);
  EXPECT_THAT(*hash, testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(VerifyPassword(*hash, Secret("correct horse")));
  for (const char* wrong : {"", "correct hors", "correct horse ", "Correct horse"}) {
    EXPECT_FALSE(VerifyPassword(*hash, Secret(wrong))) << wrong;
  }
  EXPECT_NE(*hash, *HashPassword(Secret("correct horse"))) << "no salt";
}

TEST(PasswordHash, KeepsWhatFollowsAZeroByte) {
  const auto hash = HashPassword(Secret(std::string("a\0b", 3)));
  EXPECT_FALSE(VerifyPassword(*hash, Secret(std::string("a\0c", 3))));
}

TEST(PasswordHash, RefusesTextThatIsNoHash) {
  for (const std::string& text :
       {std::string(), std::string("$argon2id$"), std::string("plain"),
        std::string("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$"), std::string(4000, 'A')}) {
    EXPECT_FALSE(VerifyPassword(text, Secret("x"))) << text.substr(0, 50);
    EXPECT_TRUE(PasswordNeedsRehash(text));
  }
}

TEST(PasswordHash, AsksForARehashWhenParametersDiffer) {
  EXPECT_FALSE(PasswordNeedsRehash(*HashPassword(Secret("x"))));
  EXPECT_TRUE(
      PasswordNeedsRehash("$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
                          "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI"));
}

}  // namespace
}  // namespace wardkeep::crypto
