#include "base/account_id.h"

#include <algorithm>

namespace wardkeep::base {

bool IsAccountId(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace wardkeep::base
