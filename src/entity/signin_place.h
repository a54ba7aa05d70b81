// The places from which a user, or the root user, has signed in: addresses and devices, the newest few of
// each. Who comes from one of them has a share of his own when strangers try his password; it proves nothing
// else. Values and pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace wardkeep::entity {

enum class SigninPlaceKind : uint8_t {
  kAddress,  // an IPv4 address or the /64 of an IPv6 one, as pipeline::NetworksOf writes it
  kDevice,   // a browser: the digest of a random text that it keeps in a cookie
};

struct SigninPlace {
  SigninPlaceKind kind = SigninPlaceKind::kAddress;
  std::string text;
  base::Instant last_success;
};

using SigninPlaces = std::vector<SigninPlace>;

inline constexpr std::size_t kMostPlacesOfAKind = 8;
inline constexpr std::chrono::days kPlaceLife{180};  // after the last success

bool IsKnownPlace(const SigninPlaces& places, SigninPlaceKind kind, std::string_view text, base::Instant now);

// Notes a success. The place that was not used for longest gives way to a ninth of its kind.
void RememberPlace(SigninPlaces& places, SigninPlaceKind kind, std::string_view text, base::Instant now);

}  // namespace wardkeep::entity
