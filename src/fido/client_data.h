// The client data of WebAuthn (section 5.8.1): JSON that the browser writes and the authenticator signs. Pure
// functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "fido/refusal.h"

namespace wardkeep::fido {

enum class Ceremony { kRegistration, kAssertion };

struct ClientData {
  std::string challenge;  // the bytes
  std::string origin;     // "https://iam.example.com"
};

// At most 16 KiB. Refuses the client data of the other ceremony, and those of a frame inside a page of
// another site.
base::Result<ClientData, Refusal> ReadClientData(std::string_view json, Ceremony ceremony);

}  // namespace wardkeep::fido
