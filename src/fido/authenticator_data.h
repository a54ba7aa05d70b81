// The authenticator data of WebAuthn (section 6.1): who it is for, what the authenticator saw, the counter,
// and at registration the new credential. Views into the given bytes. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wardkeep::fido {

struct AuthenticatorData {
  std::string_view relying_party_hash;  // SHA-256, 32 bytes
  bool user_present = false;
  bool user_verified = false;
  uint32_t sign_count = 0;
  // With a credential only:
  std::string_view aaguid;  // 16 bytes
  std::string_view credential_id;
  std::string_view public_key;  // the CBOR of a COSE key
};

enum class AttestedCredential { kRequired, kAbsent };

// nullopt for anything that is not whole: a part that is cut or left over, CBOR that is not well-formed, a
// credential where none may be or none where one must be, an id longer than 1,023 bytes.
std::optional<AuthenticatorData> ReadAuthenticatorData(std::string_view bytes, AttestedCredential credential);

}  // namespace wardkeep::fido
