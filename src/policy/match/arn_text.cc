#include "policy/match/arn_text.h"

namespace wardkeep::policy {

ArnText SplitArn(std::string_view text) {
  ArnText arn;
  arn.text = text;
  while (arn.count + 1 < ArnText::kComponents) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) break;
    arn.component[arn.count++] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  arn.component[arn.count++] = text;
  return arn;
}

}  // namespace wardkeep::policy
