// The newest places of each kind are known, for half a year after the last success.
#include "entity/signin_place.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

const base::Instant kNow = base::FromUnixSeconds(1'700'000'000);

TEST(SigninPlace, TheNewestOfEachKindAreKept) {
  SigninPlaces places;
  RememberPlace(places, SigninPlaceKind::kDevice, "d", kNow);
  for (int i = 0; i < 9; ++i) {
    RememberPlace(places, SigninPlaceKind::kAddress, std::to_string(i), kNow + std::chrono::seconds(i));
    RememberPlace(places, SigninPlaceKind::kAddress, "1", kNow + std::chrono::seconds(i));
  }
  EXPECT_EQ(places.size(), kMostPlacesOfAKind + 1);
  EXPECT_FALSE(IsKnownPlace(places, SigninPlaceKind::kAddress, "0", kNow));
  EXPECT_TRUE(IsKnownPlace(places, SigninPlaceKind::kAddress, "1", kNow)) << "used again";
  EXPECT_TRUE(IsKnownPlace(places, SigninPlaceKind::kAddress, "8", kNow));
  EXPECT_TRUE(IsKnownPlace(places, SigninPlaceKind::kDevice, "d", kNow));
  EXPECT_FALSE(IsKnownPlace(places, SigninPlaceKind::kDevice, "8", kNow)) << "an address is no device";
}

TEST(SigninPlace, APlaceIsForgottenAfterItsLife) {
  SigninPlaces places;
  RememberPlace(places, SigninPlaceKind::kAddress, "a", kNow);
  EXPECT_TRUE(IsKnownPlace(places, SigninPlaceKind::kAddress, "a", kNow + kPlaceLife));
  EXPECT_FALSE(
      IsKnownPlace(places, SigninPlaceKind::kAddress, "a", kNow + kPlaceLife + std::chrono::seconds(1)));
  RememberPlace(places, SigninPlaceKind::kAddress, "b", kNow + kPlaceLife + std::chrono::seconds(1));
  EXPECT_EQ(places.size(), 1U);
}

}  // namespace
}  // namespace wardkeep::entity
