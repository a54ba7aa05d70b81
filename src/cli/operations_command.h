// `wardkeep operations`: the operations this release answers, one `iam:CreateUser` a line, in byte order.
#pragma once

namespace wardkeep::cli {

// The exit status.
int RunOperations();

}  // namespace wardkeep::cli
