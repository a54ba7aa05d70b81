// Where the parts of a CBOR item (RFC 8949) begin and end, without building anything. It stands before
// libfido2, which allocates what a length says: only items that are well-formed, definite and as long as they
// say get past it. Views into the given bytes. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wardkeep::fido {

// Bytes of the first item: definite lengths only, at most eight levels deep, no tags. nullopt for anything
// else.
std::optional<std::size_t> ItemSize(std::string_view bytes);

// The attestation object of WebAuthn: a map with "fmt", "attStmt" and "authData", each once, and nothing
// after it.
struct AttestationObject {
  std::string_view format;
  std::string_view statement;      // the CBOR of the map
  std::string_view authenticator;  // the bytes inside the byte string
};
std::optional<AttestationObject> SplitAttestationObject(std::string_view bytes);

}  // namespace wardkeep::fido
