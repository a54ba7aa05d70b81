#include "entity/stored_document.h"

#include <functional>
#include <utility>

#include "wardkeep/parse.h"

namespace wardkeep::entity {

StoredDocument::StoredDocument(std::string text, policy::DocumentKind kind, policy::PolicyPtr compiled)
    : text_(std::move(text)), kind_(kind) {
  std::call_once(once_, [&] { compiled_ = std::move(compiled); });
}

const policy::CompiledPolicy* StoredDocument::compiled() const {
  std::call_once(once_, [this] {
    const policy::ParseOutcome outcome = policy::ParseDocument(text_, kind_, {.is_stored = true});
    if (outcome.document != nullptr) compiled_ = policy::Compile(*outcome.document);
  });
  return compiled_.get();
}

uint64_t StoredDocument::content_hash() const {
  uint64_t hash = content_hash_.load(std::memory_order_relaxed);
  if (hash != 0) return hash;
  // Two threads may both work it out; they find the same.
  hash = std::hash<std::string_view>()(text_) * 31 + static_cast<uint64_t>(kind_);
  if (hash == 0) hash = 1;
  content_hash_.store(hash, std::memory_order_relaxed);
  return hash;
}

}  // namespace wardkeep::entity
