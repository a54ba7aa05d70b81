// The error document of Smithy RPC v2 CBOR, which clients of some services that are not served here speak:
// {"__type": code, "message": message} in CBOR (RFC 8949). Pure function, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::wire {

// Both texts of less than 65,536 bytes; longer ones are cut.
std::string EncodeCborError(std::string_view code, std::string_view message);

}  // namespace wardkeep::wire
