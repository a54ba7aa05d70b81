// The master key: 32 random bytes, kept outside the database, from which every sealing key is derived. It
// comes from a file (base64 text, readable by its owner only) or as base64 text from the configuration.
//
// Losing it makes sealed secrets unreadable, so a server that already has data calls LoadMasterKey, which
// reports kNotFound, and only a first start calls LoadOrCreateMasterKey.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rng.h"
#include "crypto/key_bytes.h"

namespace wardkeep::crypto {

// From base64 text; white space around it is ignored. kInvalid unless it is exactly 32 bytes.
base::Result<KeyBytes> ParseMasterKey(std::string_view base64);

// kNotFound: no such file. kInvalid: not a regular file, group or others have access to it, or it does not
// hold a key. kUnavailable: it cannot be read.
base::Result<KeyBytes> LoadMasterKey(const std::string& path);

// Loads the file, or creates it with mode 0600. The file appears complete and durable or not at all, and of
// two processes that start at once both use the key of the first.
base::Result<KeyBytes> LoadOrCreateMasterKey(const std::string& path, base::Rng& rng);

}  // namespace wardkeep::crypto
