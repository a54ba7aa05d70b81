// The canonical text of a document: one spelling for each meaning, so that equal documents print alike.
// Parsing the text as the same kind gives an equal document (SameDocument). Pure function, thread-safe.
//
//   PrintDocument(document)   // {"Version":"2012-10-17","Statement":[{"Effect":"Allow",...}]}
#pragma once

#include <string>

#include "json/writer.h"
#include "wardkeep/document.h"

namespace wardkeep::policy {

// Version is always written; a list of one value is written as the value; statements are always a list. Tests
// of one operator must stand together and repeat no key, as in every document that was parsed.
std::string PrintDocument(const Document& document, json::Layout layout = json::Layout::kCompact);

}  // namespace wardkeep::policy
