// From text to Document, with the checks AWS makes when a policy is saved, in AWS's order and wording
// (policy-semantics 1.8). Pure functions, thread-safe, bounded in time and memory by the text's length, which
// may be 1,048,576 characters at most; the shorter limits of API parameters are checked with the request.
//
//   auto outcome = ParseDocument(text, DocumentKind::kIdentity);
//   if (!outcome.document) return Refuse(outcome.error->code, outcome.error->message);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "wardkeep/document.h"

namespace wardkeep::policy {

struct DocumentError {
  std::string code;     // wire code: "MalformedPolicyDocument", "ValidationError", ...
  std::string message;  // AWS's text
  Position position;    // of the offending element where one is known, else 1:1
};

struct ParseOutcome {
  std::shared_ptr<const Document> document;  // null exactly when `error` is set
  std::optional<DocumentError> error;
};

// What a check needs to know beside the text. The defaults fit a stand-alone document.
struct ParseOptions {
  std::string_view partition = "aws";  // resources of another partition are refused
  // Lets a resource control policy hold AWS's own RCPFullAWSAccess statement (Allow * on * to "*"), which
  // customers cannot write but which is attached everywhere. For offline evaluation and the built-in
  // document.
  bool accept_full_access_rcp = false;
  // The document was accepted when it was saved, here by an earlier program or by AWS: of the rules above
  // only the syntax is checked (phase 1 of 1.8), so that a rule that came later locks nobody out.
  bool is_stored = false;
};

// Parses and validates. Principals of trust policies are checked for form only; whether they exist is the
// caller's business (snapshot::ResolvePrincipals).
ParseOutcome ParseDocument(std::string_view text, DocumentKind kind, const ParseOptions& options = {});

// Number of characters that count against a size quota: white space outside strings is free
// (policy-semantics 1.6).
std::size_t CountPolicyCharacters(std::string_view text);

}  // namespace wardkeep::policy
