// The stored form of a server certificate. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/server_certificate.h"

namespace wardkeep::snapshot {

std::string EncodeServerCertificate(const entity::ServerCertificate& certificate);
// kCorrupt for a body that is not as written.
base::Result<entity::ServerCertificate> DecodeServerCertificate(std::string_view body);

}  // namespace wardkeep::snapshot
