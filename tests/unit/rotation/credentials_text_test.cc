#include "rotation/credentials_text.h"

#include <gtest/gtest.h>

namespace wardkeep::rotation {
namespace {

constexpr const char* kFile =
    "# mine\n"
    "[default]\n"
    "aws_access_key_id=AKIADEFAULT\n"
    "aws_secret_access_key=defaultsecret\n"
    "\n"
    "  ; indented comment\n"
    "[ work ]   # trailing\n"
    "region = eu-west-1\n"
    "aws_secret_access_key =   old/secret+= \t\n"
    "# aws_access_key_id = AKIACOMMENT\n"
    "aws_access_key_id = AKIAOLD\n"
    "s3 =\n"
    "  aws_access_key_id = nested\n"
    "[last]\n"
    "aws_access_key_id = AKIALAST\n"
    "aws_secret_access_key = last";

ProfileKey NewKey() {
  return {"AKIANEW", base::Secret("new/secret")};
}

TEST(CredentialsText, ReadsTheKeyOfAProfile) {
  const struct {
    const char* profile;
    const char* id;
    const char* secret;
  } cases[] = {{"default", "AKIADEFAULT", "defaultsecret"},
               {"work", "AKIAOLD", "old/secret+="},
               {"last", "AKIALAST", "last"}};
  for (const auto& one : cases) {
    const auto key = ReadProfileKey(kFile, one.profile);
    ASSERT_TRUE(key) << one.profile << key.error().ToString();
    EXPECT_EQ(key->access_key_id, one.id);
    EXPECT_EQ(key->secret.Reveal(), one.secret);
  }
}

TEST(CredentialsText, ReplacesTwoValuesAndNothingElse) {
  const auto text = ReplaceProfileKey(kFile, "work", NewKey());
  ASSERT_TRUE(text);
  std::string expected = kFile;
  expected.replace(expected.find("old/secret+="), 12, "new/secret");
  expected.replace(expected.find("AKIAOLD"), 7, "AKIANEW");
  EXPECT_EQ(*text, expected);
}

TEST(CredentialsText, ReplacesAtTheEndOfTheFile) {
  const auto text = ReplaceProfileKey(kFile, "last", NewKey());
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->ends_with("aws_access_key_id = AKIANEW\naws_secret_access_key = new/secret"));
}

TEST(CredentialsText, KeepsLineEndsOfWindows) {
  const auto text =
      ReplaceProfileKey("[p]\r\naws_access_key_id=A\r\naws_secret_access_key=B\r\n", "p", NewKey());
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "[p]\r\naws_access_key_id=AKIANEW\r\naws_secret_access_key=new/secret\r\n");
}

TEST(CredentialsText, ReplacedTextReadsAsTheNewKey) {
  for (const char* profile : {"default", "work", "last"}) {
    const auto text = ReplaceProfileKey(kFile, profile, NewKey());
    ASSERT_TRUE(text);
    const auto key = ReadProfileKey(*text, profile);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->access_key_id, "AKIANEW");
    EXPECT_EQ(key->secret.Reveal(), "new/secret");
  }
}

TEST(CredentialsText, OtherFilesAreRefused) {
  const struct {
    const char* text;
    base::ErrorCode code;
  } cases[] = {
      {"", base::ErrorCode::kNotFound},
      {"[q]\naws_access_key_id=A\naws_secret_access_key=B\n", base::ErrorCode::kNotFound},
      {"aws_access_key_id=A\naws_secret_access_key=B\n", base::ErrorCode::kNotFound},
      {"[p", base::ErrorCode::kNotFound},
      {"[p]", base::ErrorCode::kInvalid},
      {"[p]\naws_access_key_id=A\n", base::ErrorCode::kInvalid},
      {"[p]\naws_access_key_id=\naws_secret_access_key=B\n", base::ErrorCode::kInvalid},
      {"[p]\naws_access_key_id=A\naws_secret_access_key=B\naws_access_key_id=C\n", base::ErrorCode::kInvalid},
      {"[p]\naws_access_key_id=A\naws_secret_access_key=B\naws_session_token=T\n", base::ErrorCode::kInvalid},
      {"[p]\ncredential_process = x\n", base::ErrorCode::kInvalid},
  };
  for (const auto& one : cases) {
    const auto read = ReadProfileKey(one.text, "p");
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(read.error().code, one.code) << one.text;
    EXPECT_EQ(read.error().message.find("aws_secret"), std::string::npos);
    EXPECT_FALSE(ReplaceProfileKey(one.text, "p", NewKey()));
  }
}

}  // namespace
}  // namespace wardkeep::rotation
