// Any bytes as the answer of GetAccountAuthorizationDetails: refused, or an account of which questions are
// answered and whose unreadable principals are never shown as allowed.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "who_can/from_details.h"
#include "who_can/questions.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace who_can = wardkeep::who_can;
  const auto access = who_can::FromDetails({reinterpret_cast<const char*>(data), size});
  if (!access) {
    WK_ASSERT(!access.error().message.empty());
    return 0;
  }
  who_can::AccessQuestion question;
  question.action = "sts:AssumeRole";
  int asked = 0;
  for (const who_can::AccountPrincipal& who : (*access)->principals()) {
    question.resource = who.principal.arn;
    const who_can::WhoCanAnswer answer = who_can::WhoCan(**access, question);
    WK_ASSERT(answer.allowed.size() + answer.depends.size() + answer.unreadable.size() <=
              (*access)->principals().size());
    for (const who_can::Finding& found : answer.allowed) WK_ASSERT(!found.who->is_unreadable);
    if (++asked == 8) break;
  }
  return 0;
}
