// Comparison whose time does not depend on where two texts differ. The only way to compare a signature, a
// token or a password with what a client sent. Lengths are not secret: unequal lengths answer at once.
#pragma once

#include <string_view>

namespace wardkeep::crypto {

[[nodiscard]] bool ConstantTimeEquals(std::string_view a, std::string_view b);

}  // namespace wardkeep::crypto
