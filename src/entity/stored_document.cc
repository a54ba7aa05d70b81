#include "entity/stored_document.h"

#include <utility>

#include "wardkeep/parse.h"

namespace wardkeep::entity {

StoredDocument::StoredDocument(std::string text, policy::DocumentKind kind, policy::PolicyPtr compiled)
    : text_(std::move(text)), kind_(kind) {
  std::call_once(once_, [&] { compiled_ = std::move(compiled); });
}

const policy::CompiledPolicy* StoredDocument::compiled() const {
  std::call_once(once_, [this] {
    const policy::ParseOutcome outcome = policy::ParseDocument(text_, kind_);
    if (outcome.document != nullptr) compiled_ = policy::Compile(*outcome.document);
  });
  return compiled_.get();
}

}  // namespace wardkeep::entity
