// One GET over HTTPS to a server that a caller chose. Nothing is followed: no redirect, no proxy of the
// environment, no other protocol or port than those of the URL; addresses are judged after the name was looked
// up, on the socket that is about to connect, so that no second look-up can give another one.
//
// Blocks; thread-safe.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "federation/outbound_address.h"

namespace wardkeep::federation {

struct HttpsQuestion {
  std::string url;
  const OutboundAddresses& addresses;
  std::chrono::steady_clock::time_point deadline;
  std::stop_token stopping = {};
};

struct HttpsAnswer {
  std::string body;       // at most 64 KiB
  std::string pem_chain;  // what the server presented, at most 10 certificates; the name is verified, no more
};

// kUnavailable: no answer of status 200 in time, an address that may not be asked, a certificate of another
// name, an answer beyond the bound.
base::Result<HttpsAnswer> HttpsGet(const HttpsQuestion& question);

}  // namespace wardkeep::federation
