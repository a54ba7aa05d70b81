// The report of a verified store as JSON, the same from the administration socket and from the command line:
//
//   {"accounts":2,"documents":40,"findings":[{"account":"222222222222","what":"5 documents were stored, 4 are
//    there"}],"next":"..."}
//
// A finding without "account" is about the store as a whole; "next" says what to do and is there with
// findings.
#pragma once

#include <string>

#include "json/writer.h"
#include "snapshot/verify_store.h"

namespace wardkeep::server {

void WriteStoreReport(const snapshot::StoreReport& report, json::Writer& out);

}  // namespace wardkeep::server
