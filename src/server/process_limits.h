// What the process asks of the operating system for itself.
#pragma once

namespace wardkeep::server {

// No core dumps, because they would hold keys (architecture.md section 8, rule 5); as many open files as
// allowed, because every connection is one. Failures are not errors: the server works with what it has.
void SetProcessLimits();

}  // namespace wardkeep::server
