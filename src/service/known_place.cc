#include "service/known_place.h"

#include <array>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/trim.h"
#include "crypto/digest.h"
#include "pipeline/source_networks.h"

namespace wardkeep::service {
namespace {

using entity::SigninPlaceKind;

constexpr std::size_t kTokenLength = 43;  // 32 bytes in base64url
constexpr std::size_t kDigestLength = 32;

std::string_view CookieOf(const base::HttpRequest& request, std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (!base::EqualsIgnoreAsciiCase(header, "cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view part = base::Trim(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t equals = part.find('=');
      if (equals != part.npos && part.substr(0, equals) == name) return part.substr(equals + 1);
    }
  }
  return {};
}

}  // namespace

std::string DeviceCookieName(std::string_view owner_id) {
  return "wardkeep-device-" + crypto::Sha256Hex(owner_id).substr(0, 16);
}

std::string MakeDeviceToken(base::Rng& rng) {
  std::array<uint8_t, 32> random{};
  rng.Fill(random);
  return base::Base64UrlEncode(random);
}

std::string DeviceDigest(std::string_view token) {
  return crypto::Sha256Hex(token).substr(0, kDigestLength);
}

std::string SetDeviceCookie(const base::HttpRequest& request, std::string_view owner_id,
                            std::string_view token) {
  const std::chrono::seconds life = entity::kPlaceLife;
  std::string text = DeviceCookieName(owner_id);
  text.append("=").append(token).append("; Path=/signin; Max-Age=").append(std::to_string(life.count()));
  text.append("; HttpOnly; SameSite=Strict");
  if (request.secure) text.append("; Secure");
  return text;
}

KnownPlace FindKnownPlace(const entity::SigninPlaces& places, const base::HttpRequest& request,
                          std::string_view owner_id, base::Instant now) {
  if (places.empty()) return {};
  const std::string_view token = CookieOf(request, DeviceCookieName(owner_id));
  if (token.size() == kTokenLength) {
    std::string digest = DeviceDigest(token);
    if (entity::IsKnownPlace(places, SigninPlaceKind::kDevice, digest, now)) {
      return {"device " + digest, std::string(token)};
    }
  }
  const std::string address = pipeline::NetworksOf(request.peer_address).address;
  if (!entity::IsKnownPlace(places, SigninPlaceKind::kAddress, address, now)) return {};
  return {"address " + address, {}};
}

void RememberPlaces(entity::SigninPlaces& places, const base::HttpRequest& request,
                    std::string_view device_token, base::Instant now) {
  const std::string address = pipeline::NetworksOf(request.peer_address).address;
  if (!address.empty()) entity::RememberPlace(places, SigninPlaceKind::kAddress, address, now);
  entity::RememberPlace(places, SigninPlaceKind::kDevice, DeviceDigest(device_token), now);
}

}  // namespace wardkeep::service
