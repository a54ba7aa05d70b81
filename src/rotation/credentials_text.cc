#include "rotation/credentials_text.h"

#include <algorithm>
#include <optional>

#include "base/trim.h"

namespace wardkeep::rotation {
namespace {

// Where a value stands in the text.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
  return base::Trim(text, kBlanks);
}

base::Error Invalid(std::string_view profile, std::string_view what) {
  std::string message = "profile `";
  message.append(profile).append("` ").append(what);
  return base::Error(base::ErrorCode::kInvalid, std::move(message));
}

// The name in "[name]"; nullopt for any other line. botocore allows blanks inside the brackets and quotes.
std::optional<std::string_view> SectionName(std::string_view line) {
  line = Trimmed(line);
  if (line.size() < 2 || line.front() != '[') return std::nullopt;
  const auto close = line.find(']');
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view name = Trimmed(line.substr(1, close - 1));
  if (name.size() >= 2 && name.front() == name.back() && (name.front() == '"' || name.front() == '\'')) {
    name = name.substr(1, name.size() - 2);
  }
  return name;
}

struct Found {
  bool profile = false;
  std::optional<Place> key_id;
  std::optional<Place> secret;
  bool token = false;
};

// One "name = value" line. Continuation lines are indented and belong to a nested setting.
base::Result<void> TakeSetting(std::string_view text, std::size_t begin, std::string_view line,
                               std::string_view profile, Found& found) {
  if (line.empty() || line.front() == ' ' || line.front() == '\t') return {};
  const auto equals = line.find('=');
  if (line.front() == '#' || line.front() == ';' || equals == std::string_view::npos) return {};
  const std::string_view name = Trimmed(line.substr(0, equals));
  const std::string_view value = Trimmed(line.substr(equals + 1));
  if (name == "aws_session_token") found.token = found.token || !value.empty();
  std::optional<Place>* place = nullptr;
  if (name == "aws_access_key_id") place = &found.key_id;
  if (name == "aws_secret_access_key") place = &found.secret;
  if (place == nullptr) return {};
  if (*place) return Invalid(profile, "has its key twice");
  const std::size_t at =
      value.empty() ? begin + line.size() : static_cast<std::size_t>(value.data() - text.data());
  *place = Place{at, at + value.size()};
  return {};
}

base::Result<Found> FindProfile(std::string_view text, std::string_view profile) {
  Found found;
  bool inside = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (const auto name = SectionName(line)) {
      inside = *name == profile;
      found.profile = found.profile || inside;
    } else if (inside) {
      WK_TRY(TakeSetting(text, begin, line, profile, found));
    }
    begin = end + 1;
  }
  if (!found.profile) {
    return base::Error(base::ErrorCode::kNotFound, "there is no profile `" + std::string(profile) + "`");
  }
  if (found.token)
    return Invalid(profile, "holds temporary credentials (aws_session_token): nothing to rotate");
  const auto missing = [](const std::optional<Place>& place) { return !place || place->begin == place->end; };
  if (missing(found.key_id) || missing(found.secret)) return Invalid(profile, "has no access key");
  return found;
}

std::string_view At(std::string_view text, const Place& place) {
  return text.substr(place.begin, place.end - place.begin);
}

}  // namespace

base::Result<ProfileKey> ReadProfileKey(std::string_view text, std::string_view profile) {
  WK_ASSIGN(const Found found, FindProfile(text, profile));
  return ProfileKey{std::string(At(text, *found.key_id)), base::Secret(std::string(At(text, *found.secret)))};
}

base::Result<std::string> ReplaceProfileKey(std::string_view text, std::string_view profile,
                                            const ProfileKey& key) {
  WK_ASSIGN(const Found found, FindProfile(text, profile));
  const bool id_first = found.key_id->begin < found.secret->begin;
  const Place& first = id_first ? *found.key_id : *found.secret;
  const Place& second = id_first ? *found.secret : *found.key_id;
  const std::string_view id = key.access_key_id;
  std::string out(text.substr(0, first.begin));
  out.append(id_first ? id : key.secret.Reveal());
  out.append(text.substr(first.end, second.begin - first.end));
  out.append(id_first ? key.secret.Reveal() : id);
  return out.append(text.substr(second.end));
}

}  // namespace wardkeep::rotation
