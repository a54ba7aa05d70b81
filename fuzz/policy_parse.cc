// The first byte picks the kind of document, the rest is its text. What the parser accepts is printed,
// accepted again and equal; what it refuses has a code and a message. Either way the quota count is at most
// the length.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "policy/model/same_document.h"
#include "policy/print/print_document.h"
#include "wardkeep/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace policy = wardkeep::policy;
  if (size == 0) return 0;
  const auto kind = static_cast<policy::DocumentKind>(data[0] % 8);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  WK_ASSERT(policy::CountPolicyCharacters(text) <= text.size());
  const policy::ParseOutcome outcome = policy::ParseDocument(text, kind);
  if (outcome.document == nullptr) {
    WK_ASSERT(outcome.error && !outcome.error->code.empty() && !outcome.error->message.empty());
    return 0;
  }
  WK_ASSERT(!outcome.error && !outcome.document->statements.empty());
  const std::string printed = policy::PrintDocument(*outcome.document);
  const policy::ParseOutcome again = policy::ParseDocument(printed, kind);
  WK_ASSERT(again.document != nullptr && policy::SameDocument(*outcome.document, *again.document));
  return 0;
}
