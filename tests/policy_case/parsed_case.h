// A case ready for both evaluators: its documents parsed by the real parser and compiled.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policy_case/layers.h"
#include "policy_case/text_case.h"
#include "spec/decide.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy_case {

// Owns the documents, their compiled forms and the views that make up both forms of the policy set.
// Immutable.
class ParsedLayers {
 public:
  // Nothing if a document is refused; `refusal` then says why.
  static std::unique_ptr<ParsedLayers> Make(const Layers<SourceText>& texts, std::string* refusal);

  const policy::spec::Documents& documents() const { return documents_; }
  const policy::PolicySet& policies() const { return policies_; }
  // The same with an index for every layer.
  const policy::PolicySet& indexed_policies() const { return indexed_policies_; }

 private:
  using DocumentPtr = std::shared_ptr<const policy::Document>;

  void View();
  void ViewIndexed();
  const policy::PolicyIndex* Index(policy::PolicySet::Policies policies);

  Layers<DocumentPtr> parsed_;
  Layers<policy::PolicyPtr> compiled_;
  Layers<const policy::CompiledPolicy*> raw_;
  std::vector<policy::PolicySet::Level> service_levels_, resource_levels_;
  policy::spec::Documents documents_;
  policy::PolicySet policies_;

  std::vector<policy::PolicyIndexPtr> indexes_;
  std::vector<policy::PolicySet::Level> indexed_service_levels_, indexed_resource_levels_;
  policy::PolicySet indexed_policies_;
};

}  // namespace wardkeep::policy_case
