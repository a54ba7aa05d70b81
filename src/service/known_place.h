// Whether somebody comes from a place that a user, or the root user, has signed in from before: a device,
// told by its cookie, or an address. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_message.h"
#include "base/rng.h"
#include "entity/signin_place.h"

namespace wardkeep::service {

// The cookie by which a browser shows that it was here before, one for each owner: "wardkeep-device-" and a
// digest of the owner's id, so that the devices of several people on one browser do not meet.
std::string DeviceCookieName(std::string_view owner_id);
// What a browser keeps; only a digest of it is stored.
std::string MakeDeviceToken(base::Rng& rng);
std::string DeviceDigest(std::string_view token);
// HttpOnly, for the sign-in endpoints, Secure over TLS, as long as the place is remembered.
std::string SetDeviceCookie(const base::HttpRequest& request, std::string_view owner_id,
                            std::string_view token);

struct KnownPlace {
  std::string name;          // for SigninThrottle::Attempt::place; empty: the place is new
  std::string device_token;  // of a known device; empty for none
};
KnownPlace FindKnownPlace(const entity::SigninPlaces& places, const base::HttpRequest& request,
                          std::string_view owner_id, base::Instant now);

// Notes a success from the address of the request and on the device.
void RememberPlaces(entity::SigninPlaces& places, const base::HttpRequest& request,
                    std::string_view device_token, base::Instant now);

}  // namespace wardkeep::service
