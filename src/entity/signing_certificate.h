// An X.509 signing certificate of a user or of the root user. At most two each.
#pragma once

#include <string>

#include "base/clock.h"
#include "entity/access_key.h"

namespace wardkeep::entity {

struct SigningCertificate {
  std::string id;      // 32 characters A-Z2-7
  std::string body;    // PEM as uploaded
  std::string digest;  // certificate::X509Certificate::digest(): equal for equal certificates
  KeyStatus status = KeyStatus::kActive;
  base::Instant upload_date;
  base::Instant last_rotated;  // uploaded, or its status last changed: cert_N_last_rotated of the report
};

}  // namespace wardkeep::entity
