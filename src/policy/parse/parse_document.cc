#include "base/utf8.h"
#include "json/parse.h"
#include "policy/parse/build_document.h"
#include "policy/parse/document_rules.h"
#include "policy/parse/syntax.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

// A bound on time and memory. API parameters are shorter (131072 characters, policy-semantics 1.1; checked
// with the other constraints of the request), but AWS publishes a managed policy that is longer.
constexpr std::size_t kMaxCharacters = std::size_t{1} << 20;

ParseOutcome Refuse(DocumentError error) {
  return {nullptr, std::move(error)};
}

// Worded as a parameter constraint; it comes before any look at the document.
DocumentError TooLong() {
  return {
      "ValidationError",
      "1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must have "
      "length less than or equal to 1048576",
      {}};
}

DocumentError MakeError(const DocumentRules& rules, const Complaint& complaint, std::string_view text) {
  const json::LineColumn at = json::LineIndex(text.substr(0, complaint.offset)).At(complaint.offset);
  return {std::string(rules.code),
          rules.only_message.empty() ? complaint.message : std::string(rules.only_message),
          {at.line, at.column}};
}

// Text that is JSON but repeats a member, or is nested beyond reason, breaks the policy grammar instead.
bool IsNotJson(json::ParseErrorCode code) {
  return code == json::ParseErrorCode::kSyntax || code == json::ParseErrorCode::kInvalidUtf8 ||
         code == json::ParseErrorCode::kTrailingText;
}

Complaint OfJson(const json::ParseError& error, const DocumentRules& rules) {
  const std::string_view message = IsNotJson(error.code) ? rules.not_json : "Syntax errors in policy.";
  return {std::string(message), error.offset};
}

}  // namespace

ParseOutcome ParseDocument(std::string_view text, DocumentKind kind, const ParseOptions& options) {
  const DocumentRules& rules = RulesOf(kind);
  if (text.size() > 4 * kMaxCharacters || base::CountCharacters(text) > kMaxCharacters)
    return Refuse(TooLong());
  json::ParseLimits limits;
  limits.max_bytes = 4 * kMaxCharacters;
  base::Result<json::Value, json::ParseError> root = json::Parse(text, limits);
  if (!root) return Refuse(MakeError(rules, OfJson(root.error(), rules), text));
  const base::Result<Draft, Complaint> draft = ReadDraft(*std::move(root), rules.principals);
  if (!draft) return Refuse(MakeError(rules, draft.error(), text));
  const CheckContext context{options};
  for (const Check check : options.is_stored ? std::span<const Check>() : rules.checks) {
    if (const std::optional<Complaint> complaint = check(*draft, context)) {
      return Refuse(MakeError(rules, *complaint, text));
    }
  }
  return {std::make_shared<const Document>(BuildDocument(*draft, rules, text)), std::nullopt};
}

}  // namespace wardkeep::policy
