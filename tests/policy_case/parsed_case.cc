#include "policy_case/parsed_case.h"

#include "wardkeep/parse.h"

namespace wardkeep::policy_case {

std::unique_ptr<ParsedLayers> ParsedLayers::Make(const Layers<SourceText>& texts, std::string* refusal) {
  auto out = std::make_unique<ParsedLayers>();
  policy::ParseOptions options;
  options.accept_full_access_rcp = true;
  bool refused = false;
  out->parsed_ = texts.Map([&](const SourceText& source) {
    policy::ParseOutcome outcome = policy::ParseDocument(source.text, source.kind, options);
    if (outcome.error) {
      refused = true;
      *refusal = outcome.error->message + " in " + source.text;
    }
    return outcome.document;
  });
  if (refused) return nullptr;
  out->compiled_ = out->parsed_.Map([](const DocumentPtr& document) { return policy::Compile(*document); });
  out->View();
  return out;
}

void ParsedLayers::View() {
  const auto plain = parsed_.Map([](const DocumentPtr& document) { return document.get(); });
  documents_ = {plain.identity,        plain.permissions_boundary,       plain.session,
                plain.endpoint,        plain.resource.value_or(nullptr), plain.service_control,
                plain.resource_control};
  raw_ = compiled_.Map([](const policy::PolicyPtr& policy) { return policy.get(); });
  policies_.identity = raw_.identity;
  if (raw_.permissions_boundary) policies_.permissions_boundary = *raw_.permissions_boundary;
  if (raw_.session) policies_.session = *raw_.session;
  if (raw_.endpoint) policies_.endpoint = *raw_.endpoint;
  policies_.resource = raw_.resource.value_or(nullptr);
  const auto levels = [](const auto& from, std::vector<policy::PolicySet::Level>& to) {
    for (const auto& level : *from) to.push_back({level});
  };
  if (raw_.service_control) {
    levels(raw_.service_control, service_levels_);
    policies_.service_control = service_levels_;
  }
  if (raw_.resource_control) {
    levels(raw_.resource_control, resource_levels_);
    policies_.resource_control = resource_levels_;
  }
}

}  // namespace wardkeep::policy_case
