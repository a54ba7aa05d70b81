#include "crypto/master_key.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/base64.h"
#include "crypto/system_rng.h"

namespace wardkeep::crypto {
namespace {

using base::ErrorCode;
using testing::HasSubstr;

std::string TextOf(const KeyBytes& key) {
  return base::Base64Encode(key.Reveal());
}

class MasterKeyFile : public testing::Test {
 protected:
  MasterKeyFile() {
    std::string pattern = testing::TempDir() + "wardkeep-key-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ + "/master.key";
  }
  ~MasterKeyFile() override { std::filesystem::remove_all(folder_); }

  void Write(std::string_view text, mode_t mode = 0600) {
    std::ofstream(path_) << text;
    ::chmod(path_.c_str(), mode);
  }

  std::string folder_;
  std::string path_;
  SystemRng rng_;
};

const std::string kGoodText = base::Base64Encode(base::AsBytes("0123456789abcdef0123456789abcdef"));

TEST_F(MasterKeyFile, IsCreatedOnceAndPrivate) {
  const auto created = LoadOrCreateMasterKey(path_, rng_);
  ASSERT_TRUE(created) << created.error().ToString();
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  const auto again = LoadOrCreateMasterKey(path_, rng_);
  ASSERT_TRUE(again);
  EXPECT_EQ(TextOf(*created), TextOf(*again));
  EXPECT_EQ(TextOf(*created), TextOf(*LoadMasterKey(path_)));
  const auto files = std::filesystem::directory_iterator(folder_);
  EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "a temporary file was left";
}

TEST_F(MasterKeyFile, LoadingDoesNotCreate) {
  const auto key = LoadMasterKey(path_);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(MasterKeyFile, StartsAtTheSameTimeAgreeOnOneKey) {
  std::vector<std::string> texts(8);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([this, &text] {
      const auto key = LoadOrCreateMasterKey(path_, rng_);
      text = key ? TextOf(*key) : key.error().ToString();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) EXPECT_EQ(text, texts[0]);
  EXPECT_EQ(texts[0].size(), 44U) << texts[0];
}

TEST_F(MasterKeyFile, IsRefusedWhenOthersHaveAccess) {
  for (mode_t mode : {0640U, 0604U, 0660U, 0644U, 0666U, 0601U}) {
    Write(kGoodText, mode);
    EXPECT_FALSE(LoadOrCreateMasterKey(path_, rng_)) << std::oct << mode;
    const auto key = LoadMasterKey(path_);
    ASSERT_FALSE(key) << std::oct << mode;
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
    EXPECT_THAT(key.error().message, HasSubstr("make it 0600"));
  }
  Write(kGoodText, 0400);
  EXPECT_TRUE(LoadMasterKey(path_));
}

TEST_F(MasterKeyFile, IsRefusedWhenDamagedAndLeftAlone) {
  for (const std::string& text : {std::string(), std::string("short"), kGoodText.substr(0, 40),
                                  kGoodText + kGoodText, std::string(100000, 'A'), std::string(44, '\0')}) {
    Write(text);
    const auto key = LoadOrCreateMasterKey(path_, rng_);
    ASSERT_FALSE(key) << text.substr(0, 50);
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(std::filesystem::file_size(path_), text.size());
    EXPECT_TRUE(text.empty() || key.error().ToString().find(text) == std::string::npos)
        << "the text is echoed";
  }
}

TEST_F(MasterKeyFile, IsRefusedWhenNotARegularFile) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(LoadMasterKey(path_).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(LoadMasterKey(folder_).error().code, ErrorCode::kInvalid);
}

TEST_F(MasterKeyFile, SaysWhyItCannotBeCreated) {
  const auto key = LoadOrCreateMasterKey(folder_ + "/missing/master.key", rng_);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(key.error().ToString(), HasSubstr("No such file or directory"));
}

TEST(ParseMasterKey, TakesExactly32BytesInBase64) {
  EXPECT_TRUE(ParseMasterKey(kGoodText));
  EXPECT_TRUE(ParseMasterKey("  " + kGoodText + "\r\n"));
  for (std::string_view bad : {"", " ", "AAAA", "not base64 at all, but quite as long as a real key.."}) {
    const auto key = ParseMasterKey(bad);
    ASSERT_FALSE(key) << bad;
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
  }
  EXPECT_FALSE(ParseMasterKey(base::Base64Encode(base::AsBytes("0123456789abcdef0123456789abcde"))));
  EXPECT_FALSE(ParseMasterKey(base::Base64Encode(base::AsBytes("0123456789abcdef0123456789abcdef0"))));
}

}  // namespace
}  // namespace wardkeep::crypto
