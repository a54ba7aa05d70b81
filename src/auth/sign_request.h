// Signature Version 4 from the client's side, for the program's own calls of the Query protocol
// (reference/sigv4.md section 1). Pure function.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_message.h"
#include "base/secret.h"

namespace wardkeep::auth {

struct ClientKey {
  std::string access_key_id;
  base::Secret secret;
};

// Adds X-Amz-Date and Authorization; every header that is there already is signed, Host must be among them.
void SignRequest(base::HttpRequest& request, const ClientKey& key, std::string_view region,
                 std::string_view service, base::Instant now);

}  // namespace wardkeep::auth
