// A policy document as stored: the text byte for byte as given, and its compiled form, made on first use.
// Immutable and shared; thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "wardkeep/evaluate.h"

namespace wardkeep::entity {

class StoredDocument {
 public:
  StoredDocument(std::string text, policy::DocumentKind kind) : text_(std::move(text)), kind_(kind) {}
  // For a caller that has just validated the text and need not have it parsed again.
  StoredDocument(std::string text, policy::DocumentKind kind, policy::PolicyPtr compiled);

  const std::string& text() const { return text_; }
  policy::DocumentKind kind() const { return kind_; }

  // Null when the stored text no longer parses; the caller must then refuse (fail closed), never skip the
  // policy.
  const policy::CompiledPolicy* compiled() const;
  // Of text and kind: equal for documents that say the same byte for byte. Costs the length of the text once.
  uint64_t content_hash() const;

 private:
  std::string text_;
  policy::DocumentKind kind_;
  mutable std::once_flag once_;
  mutable policy::PolicyPtr compiled_;
  mutable std::atomic<uint64_t> content_hash_ = 0;  // 0: not worked out yet
};
using DocumentPtr = std::shared_ptr<const StoredDocument>;

}  // namespace wardkeep::entity
