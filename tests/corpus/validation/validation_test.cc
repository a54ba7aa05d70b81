// Every case of decisions-corrected/validation.jsonl: the document is accepted, or refused with the expected
// code and message. Every accepted document also survives printing and parsing again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "json/parse.h"
#include "policy/model/document_kind.h"
#include "policy/model/same_document.h"
#include "policy/print/print_document.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

std::string CorpusFile(const std::string& name) {
  const char* corpus = std::getenv("WARDKEEP_CORPUS");
  return (corpus == nullptr ? "." : corpus) + ("/decisions-corrected/" + name);
}

std::string TextOf(const json::Value& object, std::string_view key) {
  const json::Value* value = object.Find(key);
  const std::string* text = value == nullptr ? nullptr : value->AsString();
  return text == nullptr ? "" : *text;
}

void ExpectRefusal(const ParseOutcome& outcome, const json::Value& expected, const std::string& id) {
  ASSERT_TRUE(outcome.error.has_value()) << id << " was accepted";
  EXPECT_EQ(outcome.document, nullptr) << id;
  for (const auto& [member, actual] : {std::pair(std::string_view("code"), outcome.error->code),
                                       std::pair(std::string_view("message"), outcome.error->message)}) {
    const json::Value* value = expected.Find(member);
    if (value != nullptr) {
      EXPECT_EQ(actual, *value->AsString()) << id;
    }
  }
  EXPECT_FALSE(outcome.error->message.empty()) << id;
}

void ExpectAcceptance(const ParseOutcome& outcome, DocumentKind kind, const std::string& id) {
  ASSERT_NE(outcome.document, nullptr) << id << ": " << outcome.error->message;
  EXPECT_FALSE(outcome.error.has_value()) << id;
  const std::string printed = PrintDocument(*outcome.document);
  const ParseOutcome again = ParseDocument(printed, kind);
  ASSERT_NE(again.document, nullptr) << id << ": " << printed << ": " << again.error->message;
  EXPECT_TRUE(SameDocument(*outcome.document, *again.document)) << id << ": " << printed;
  EXPECT_EQ(PrintDocument(*again.document), printed) << id;
}

TEST(ValidationCorpus, GivesTheExpectedCodeAndMessage) {
  std::ifstream file(CorpusFile("validation.jsonl"));
  ASSERT_TRUE(file.is_open());
  int accepted = 0;
  int refused = 0;
  std::string line;
  while (std::getline(file, line)) {
    const auto entry = json::Parse(line);
    ASSERT_TRUE(entry.has_value()) << line;
    const std::string id = TextOf(*entry, "id");
    const std::optional<DocumentKind> kind = ParseDocumentKind(TextOf(*entry, "kind"));
    ASSERT_TRUE(kind.has_value()) << id;
    const json::Value* expect = entry->Find("expect");
    ASSERT_NE(expect, nullptr) << id;
    const ParseOutcome outcome = ParseDocument(TextOf(*entry, "document"), *kind);
    if (const json::Value* error = expect->Find("error")) {
      ExpectRefusal(outcome, *error, id);
      ++refused;
    } else {
      ExpectAcceptance(outcome, *kind, id);
      ++accepted;
    }
  }
  EXPECT_EQ(accepted + refused, 620);
  RecordProperty("accepted", accepted);
  RecordProperty("refused", refused);
}

struct PolicyField {
  std::string_view name;
  DocumentKind kind;
};

// The documents inside the decision cases are all ones that can be saved.
class DecisionDocuments {
 public:
  void Visit(const json::Value& value, DocumentKind kind, std::string_view line, const std::string& id) {
    if (value.is_array()) {
      for (const json::Value& item : value.elements()) Visit(item, kind, line, id);
    } else if (const json::Value* inner = value.Find("policies")) {
      Visit(*inner, kind, line, id);
    } else if (const json::Value* document = value.Find("document")) {
      Visit(*document, kind, line, id);
    } else if (value.is_object()) {
      const json::Span span = value.span();
      ParseOptions options;
      options.accept_full_access_rcp = true;
      const ParseOutcome outcome =
          ParseDocument(line.substr(span.start, span.end - span.start), kind, options);
      EXPECT_NE(outcome.document, nullptr) << id << ": " << (outcome.error ? outcome.error->message : "");
      ++count;
    }
  }
  int count = 0;
};

DocumentKind ResourceKind(const json::Value& entry) {
  const json::Value* request = entry.Find("request");
  const std::string action = request == nullptr ? "" : TextOf(*request, "action");
  return action.starts_with("sts:") ? DocumentKind::kTrust : DocumentKind::kResource;
}

TEST(ValidationCorpus, AcceptsTheDocumentsOfTheDecisionCases) {
  const PolicyField fields[] = {{"identity", DocumentKind::kIdentity},
                                {"permissionsBoundary", DocumentKind::kPermissionsBoundary},
                                {"session", DocumentKind::kSession},
                                {"serviceControl", DocumentKind::kServiceControl},
                                {"resourceControl", DocumentKind::kResourceControl},
                                {"endpoint", DocumentKind::kEndpoint}};
  DecisionDocuments documents;
  for (const char* name : {"worked", "conditions", "matching", "principals", "organizations", "patterns"}) {
    std::ifstream file(CorpusFile(std::string(name) + ".jsonl"));
    ASSERT_TRUE(file.is_open()) << name;
    std::string line;
    while (std::getline(file, line)) {
      const auto entry = json::Parse(line);
      ASSERT_TRUE(entry.has_value()) << line;
      const json::Value* policies = entry->Find("policies");
      ASSERT_NE(policies, nullptr);
      const std::string id = TextOf(*entry, "id");
      for (const PolicyField& field : fields) {
        if (const json::Value* value = policies->Find(field.name))
          documents.Visit(*value, field.kind, line, id);
      }
      if (const json::Value* value = policies->Find("resource")) {
        documents.Visit(*value, ResourceKind(*entry), line, id);
      }
    }
  }
  EXPECT_GT(documents.count, 1000);
}

}  // namespace
}  // namespace wardkeep::policy
