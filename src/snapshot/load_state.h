// From the stored documents of an account to its state. A document that does not decode, does not agree with
// its row, or names something that is not there makes the whole account `corrupt`: dropping a part of it
// might drop a denial.
#pragma once

#include <vector>

#include "base/result.h"
#include "snapshot/account_state.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

// `documents` in any order; bodies are freed as they are read. Usage documents are passed over.
base::Result<AccountStatePtr> LoadState(const base::AccountId& account,
                                        std::vector<storage::Document> documents);

}  // namespace wardkeep::snapshot
