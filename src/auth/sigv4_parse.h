// Takes the signature out of a request: from the Authorization header or from the X-Amz-* parameters of a
// presigned URL. Performs checks 4 to 6 of reference/sigv4.md section 4. Whether the parts are good is
// verify.h's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/auth_error.h"
#include "auth/sigv4_request.h"
#include "base/result.h"

namespace wardkeep::auth {

enum class SignatureForm { kHeader, kPresigned };

struct ParsedSignature {
  SignatureForm form = SignatureForm::kHeader;
  std::string credential;      // as sent: AKID/date/region/service/aws4_request
  std::string signed_headers;  // as sent
  std::string signature;       // as sent
  std::string date;            // as sent, from X-Amz-Date or else Date
  std::optional<std::string> security_token;
};

base::Result<ParsedSignature, AuthError> ParseSignature(const SignedRequestView& request);

}  // namespace wardkeep::auth
