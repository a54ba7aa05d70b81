// A case ready for both evaluators: its documents parsed by the real parser and compiled.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
  // The same with an index for every layer, made without and with a list of known actions. The levels of
  // control policies have one index together in the first two, and one each in the last.
  const policy::PolicySet& indexed_policies() const { return indexed_.set; }
  const policy::PolicySet& policies_with_known_actions() const { return known_.set; }
  const policy::PolicySet& policies_indexed_by_level() const { return by_level_.set; }

 private:
  using DocumentPtr = std::shared_ptr<const policy::Document>;

  void View();
  struct Indexed {
    std::vector<policy::PolicyIndexPtr> indexes;
    std::vector<policy::PolicySet::Level> service_levels, resource_levels;  // with an index each
    policy::LevelsIndexPtr service_index, resource_index;                   // of all levels
    policy::PolicySet set;
  };
  // `merged`: levels have one index together, else one each.
  void ViewIndexed(Indexed& out, bool merged, std::span<const std::string_view> known_actions) const;

  Layers<DocumentPtr> parsed_;
  Layers<policy::PolicyPtr> compiled_;
  Layers<const policy::CompiledPolicy*> raw_;
  std::vector<policy::PolicySet::Level> service_levels_, resource_levels_;
  policy::spec::Documents documents_;
  policy::PolicySet policies_;

  Indexed indexed_, known_, by_level_;
};

}  // namespace wardkeep::policy_case
