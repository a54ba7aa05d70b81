// Equality of documents as policies: everything but the positions in the text. Pure function.
#pragma once

#include "wardkeep/document.h"

namespace wardkeep::policy {

bool SameDocument(const Document& a, const Document& b);

}  // namespace wardkeep::policy
