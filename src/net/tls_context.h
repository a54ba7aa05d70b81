// The TLS side of a listener: certificate chain and key from PEM files, TLS 1.2 or newer, no renegotiation.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

struct ssl_ctx_st;

namespace wardkeep::net {

struct TlsFiles {
  std::string certificate_chain;  // PEM, the server's certificate first
  std::string private_key;        // PEM, unencrypted
};

// Thread-safe to use from many connections once made.
base::Result<std::shared_ptr<ssl_ctx_st>> MakeTlsContext(const TlsFiles& files);

}  // namespace wardkeep::net
