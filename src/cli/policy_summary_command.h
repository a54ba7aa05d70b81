// `wardkeep policy summary [--json] FILE`: prints what a policy document allows and denies, service by
// service. Needs no server.
#pragma once

#include <cstdio>
#include <string>

namespace wardkeep::cli {

// The exit status: 0; 2 if the document is no policy that AWS would store as an identity policy; 1 if the
// file could not be read or the output not written. Trouble is also said on standard error. "-" is `in`.
int RunPolicySummary(const std::string& file, bool as_json, std::FILE* in, std::FILE* out);

}  // namespace wardkeep::cli
