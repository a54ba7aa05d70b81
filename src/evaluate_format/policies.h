// The member `policies` of the evaluate format: documents parsed, validated as on save, compiled, and put
// together as the evaluator wants them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate_format/error.h"
#include "json/value.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::evaluate_format {

// Owns the compiled documents and everything that set() points at. Neither copied nor moved after Read.
class EvaluatePolicies {
 public:
  // `policies` is the member; `text` the whole text that it was read from, of which the documents are parts,
  // needed during the call only. `is_trust`: the resource policy is a trust policy.
  EvaluateResult<void> Read(const json::Value& policies, std::string_view text, bool is_trust);
  // Indexes every layer. Worth it where the same policies decide more than a few requests.
  void MakeIndexes();

  const policy::PolicySet& set() const { return set_; }
  // Whether the resource policy, if there is one, was read as a trust policy.
  bool is_trust() const { return is_trust_; }
  // Length of all documents.
  std::size_t bytes() const { return bytes_; }
  // Whether a document asks for a recurring-time key, which each request needs anew.
  bool asks_for_time() const { return asks_for_time_; }
  // The document's name, or its number within its kind.
  const std::string& Label(policy::StatementRef ref) const;
  const policy::CompiledPolicy& Policy(policy::StatementRef ref) const;
  // The context keys that any document asks for.
  std::vector<std::string> ContextKeys() const;

 private:
  // The documents of one kind; control policies of all levels, root first.
  struct Kind {
    bool given = false;
    std::vector<std::string> labels;
    std::vector<policy::PolicyPtr> compiled;
    std::vector<const policy::CompiledPolicy*> views;
    std::vector<std::size_t> level_sizes;
    std::vector<policy::PolicySet::Level> levels;
    std::vector<policy::PolicyIndexPtr> indexes;
    policy::LevelsIndexPtr levels_index;
  };

  EvaluateResult<void> ReadDocument(policy::PolicyType type, policy::DocumentKind document_kind,
                                    const json::Value& value);
  EvaluateResult<void> ReadList(policy::PolicyType type, policy::DocumentKind document_kind,
                                const json::Value& value);
  EvaluateResult<void> ReadLevels(policy::PolicyType type, policy::DocumentKind document_kind,
                                  const json::Value& value);
  void FillSet();
  Kind& Of(policy::PolicyType type) { return kinds_[static_cast<std::size_t>(type)]; }
  const Kind& Of(policy::PolicyType type) const { return kinds_[static_cast<std::size_t>(type)]; }

  std::string_view text_;
  Kind kinds_[policy::kPolicyTypeCount];
  policy::PolicySet set_;
  bool is_trust_ = false;
  bool asks_for_time_ = false;
  std::size_t bytes_ = 0;
};

}  // namespace wardkeep::evaluate_format
