// Step 2 of the schema: gives each document its tag and each account its head.
#pragma once

#include "base/result.h"
#include "crypto/sealing.h"
#include "storage/sqlite/connection.h"

namespace wardkeep::storage::sqlite {

// Moves the rows of `former_document` into `document`. One that is not as it was written keeps a tag that is
// never right, so that its account is damaged after the step as it was before.
base::Result<void> MigrateHeads(Connection& connection, const crypto::SealingKey& wrapping);

}  // namespace wardkeep::storage::sqlite
