#include "entity/signin_place.h"

#include <algorithm>

namespace wardkeep::entity {
namespace {

bool IsOver(const SigninPlace& place, base::Instant now) {
  return now - place.last_success > kPlaceLife;
}

}  // namespace

bool IsKnownPlace(const SigninPlaces& places, SigninPlaceKind kind, std::string_view text,
                  base::Instant now) {
  return std::ranges::any_of(places, [&](const SigninPlace& place) {
    return place.kind == kind && place.text == text && !IsOver(place, now);
  });
}

void RememberPlace(SigninPlaces& places, SigninPlaceKind kind, std::string_view text, base::Instant now) {
  std::erase_if(places, [&](const SigninPlace& place) {
    return IsOver(place, now) || (place.kind == kind && place.text == text);
  });
  const auto is_of_kind = [&](const SigninPlace& place) { return place.kind == kind; };
  // The oldest come first.
  if (static_cast<std::size_t>(std::ranges::count_if(places, is_of_kind)) >= kMostPlacesOfAKind) {
    places.erase(std::ranges::find_if(places, is_of_kind));
  }
  places.push_back({kind, std::string(text), now});
}

}  // namespace wardkeep::entity
