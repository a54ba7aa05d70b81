// A text as a QR code in a PNG picture: black on white, a quiet zone of four modules as the standard asks,
// four pixels a module. Error correction M. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace wardkeep::qr {

// The bytes of a PNG file. `invalid` for a text that fits no QR code (more than 2,331 bytes) or holds a NUL.
base::Result<std::string> EncodePng(std::string_view text);

}  // namespace wardkeep::qr
