// Which checks a kind of document passes when it is saved, in order, and how its errors are worded: one row
// per kind (policy-semantics 1.5, 1.7, 1.8). Static data, thread-safe.
#pragma once

#include <span>
#include <string_view>

#include "policy/parse/check.h"
#include "policy/parse/syntax.h"
#include "wardkeep/document.h"

namespace wardkeep::policy {

struct DocumentRules {
  DocumentKind kind;
  PrincipalShape principals;
  std::span<const Check> checks;    // after phase 1, in order
  std::string_view code;            // wire code of every error
  std::string_view not_json;        // message for text that is not JSON at all
  std::string_view only_message;    // if not empty, replaces the message of every error
  bool absent_principal_is_anyone;  // a statement without Principal is read as one for "*"
};

const DocumentRules& RulesOf(DocumentKind kind);

}  // namespace wardkeep::policy
