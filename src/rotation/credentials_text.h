// The text of an AWS credentials file ("[profile]" sections of "name = value" lines): the keys of one profile
// read and replaced, everything else left as it is to the byte: other profiles, comments, order, blanks, line
// ends. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace wardkeep::rotation {

struct ProfileKey {
  std::string access_key_id;
  base::Secret secret;
};

// kNotFound: no such profile. kInvalid: it has no key pair, a setting twice, or a session token (temporary
// credentials cannot be rotated).
base::Result<ProfileKey> ReadProfileKey(std::string_view text, std::string_view profile);

// The text with the key pair of the profile replaced; the same errors.
base::Result<std::string> ReplaceProfileKey(std::string_view text, std::string_view profile,
                                            const ProfileKey& key);

}  // namespace wardkeep::rotation
