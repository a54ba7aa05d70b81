// Arbitrary text as an AWS credentials file and as the state of a rotation. A key that was put into the file
// is read back, and nothing else of the file changes when it is put in again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rotation/credentials_text.h"
#include "rotation/rotation_state.h"

namespace {

using namespace wardkeep;  // NOLINT(google-build-using-namespace): a program of one file

void Require(bool fact) {
  if (!fact) std::abort();
}

void CheckFile(std::string_view text, std::string_view profile) {
  const auto found = rotation::ReadProfileKey(text, profile);
  const rotation::ProfileKey key{"AKIAIOSFODNN7EXAMPLE", base::Secret(std::string("new/secret+with=signs"))};
  const auto replaced = rotation::ReplaceProfileKey(text, profile, key);
  Require(found.has_value() == replaced.has_value());
  if (!replaced) return;
  const auto again = rotation::ReadProfileKey(*replaced, profile);
  Require(again.has_value() && again->access_key_id == key.access_key_id);
  Require(again->secret.Reveal() == key.secret.Reveal());
  const auto back = rotation::ReplaceProfileKey(*replaced, profile, key);
  Require(back.has_value() && *back == *replaced);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckFile(text, "default");
  CheckFile(text, "p");
  if (const auto state = rotation::DecodeState(text)) {
    const auto again = rotation::DecodeState(rotation::EncodeState(*state));
    Require(again.has_value() && rotation::EncodeState(*again) == rotation::EncodeState(*state));
  }
  return 0;
}
