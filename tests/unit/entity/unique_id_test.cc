#include "entity/unique_id.h"

#include <gtest/gtest.h>

#include <set>

namespace wardkeep::entity {
namespace {

class CountingRng final : public base::Rng {
 public:
  void Fill(std::span<uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<uint8_t>(next_ = next_ * 1664525U + 1013904223U, next_ >> 24);
  }

 private:
  uint32_t next_ = 7;
};

TEST(UniqueId, HasPrefixLengthAndAlphabet) {
  CountingRng rng;
  std::set<std::string> seen;
  for (const auto kind : {UniqueIdKind::kUser, UniqueIdKind::kGroup, UniqueIdKind::kRole,
                          UniqueIdKind::kPolicy, UniqueIdKind::kInstanceProfile}) {
    for (int i = 0; i < 50; ++i) {
      const std::string id = MakeUniqueId(kind, rng);
      EXPECT_EQ(id.size(), 21U);
      EXPECT_EQ(id.substr(0, 4), UniqueIdPrefix(kind));
      EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos) << id;
      EXPECT_EQ(UniqueIdKindOf(id), kind);
      EXPECT_TRUE(seen.insert(id).second);
    }
  }
}

TEST(UniqueIdKindOf, RefusesOtherForms) {
  for (const char* text :
       {"", "AIDA", "AKIAIOSFODNN7EXAMPLE1", "aidaaaaaaaaaaaaaaaaaa", "AIDAAAAAAAAAAAAAAA-AA"}) {
    EXPECT_FALSE(UniqueIdKindOf(text)) << text;
  }
}

}  // namespace
}  // namespace wardkeep::entity
