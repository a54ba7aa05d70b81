// The canonical request: the one text that both sides hash (reference/sigv4.md section 1). Computed from the
// bytes as sent: the path is normalised and encoded once more, the query decoded, encoded strictly and
// sorted, the headers exactly those that the client lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/sigv4_parse.h"
#include "auth/sigv4_request.h"

namespace wardkeep::auth {

// Normalises dot segments and repeated slashes and percent-encodes everything but unreserved characters and
// '/'. A path never climbs above "/".
std::string CanonicalPath(std::string_view path);

// nullopt for a broken percent escape. X-Amz-Signature is left out of a presigned query.
std::optional<std::string> CanonicalQuery(std::string_view raw_query, SignatureForm form);

// The lines "name:value\n", sorted by name. nullopt when the list names a header that was not sent, or one
// twice: such a signature cannot match.
std::optional<std::string> CanonicalHeaders(std::span<const HeaderView> headers,
                                            std::string_view signed_headers);

// All of it; nullopt when one part has no canonical form. `payload_hash` is in hexadecimal.
std::optional<std::string> CanonicalRequest(const SignedRequestView& request,
                                            const ParsedSignature& signature, std::string_view payload_hash);

// True when the client's list of signed headers names this one (lower case).
bool IsSignedHeader(std::string_view signed_headers, std::string_view name);

}  // namespace wardkeep::auth
