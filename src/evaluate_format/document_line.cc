#include "evaluate_format/document_line.h"

#include <utility>

#include "json/parse.h"
#include "json/writer.h"
#include "policy/model/document_kind.h"
#include "wardkeep/parse.h"

namespace wardkeep::evaluate_format {

bool IsDocumentLine(const json::Value& line) {
  return line.Find("document") != nullptr && line.Find("request") == nullptr;
}

EvaluateResult<std::string> AnswerDocumentLine(const json::Value& line, std::string_view text) {
  const json::Value* kind_member = line.Find("kind");
  const std::string* kind_name = kind_member == nullptr ? nullptr : kind_member->AsString();
  const auto kind = kind_name == nullptr ? std::nullopt : policy::ParseDocumentKind(*kind_name);
  if (!kind) {
    return InvalidInput(
        "kind must be one of identity, boundary, session, trust, resource, scp, rcp, endpoint");
  }
  const json::Value& document = *line.Find("document");
  const std::string* as_text = document.AsString();
  const json::Span span = document.span();
  const std::string_view source =
      as_text != nullptr ? std::string_view(*as_text) : text.substr(span.start, span.end - span.start);
  policy::ParseOutcome outcome = policy::ParseDocument(source, *kind);
  if (outcome.error) {
    EvaluateError refusal{outcome.error->code, outcome.error->message, {}, {}};
    if (as_text == nullptr) {
      Locate(*outcome.error, source, &document, span.start, refusal);
    } else {
      const auto tree = json::Parse(source);
      Locate(*outcome.error, source, tree ? &*tree : nullptr, 0, refusal);
    }
    return refusal;
  }
  json::Writer writer;
  writer.BeginObject().Key("id");
  if (const json::Value* id = line.Find("id")) {
    writer.Copy(*id);
  } else {
    writer.Null();
  }
  writer.Key("ok").Bool(true).EndObject();
  return std::move(writer).Take();
}

}  // namespace wardkeep::evaluate_format
