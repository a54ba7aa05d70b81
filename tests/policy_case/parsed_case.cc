#include "policy_case/parsed_case.h"

#include "wardkeep/parse.h"

namespace wardkeep::policy_case {
namespace {

// Some of the catalogue, sorted: actions that generated requests ask for and their neighbours. Others that
// are asked for are not in it, and some of it belongs to no service.
constexpr std::string_view kKnownActions[] = {"iam:createpolicyversion",
                                              "iam:getrole",
                                              "iam:getuser",
                                              "iam:getuserpolicy",
                                              "iam:passrole",
                                              "iam:putrolepolicy",
                                              "kms:createalias",
                                              "kms:decrypt",
                                              "kms:describekey",
                                              "kms:listkeys",
                                              "nobody:getobject",
                                              "s3:getbucketacl",
                                              "s3:getobject",
                                              "s3:getobjectacl",
                                              "s3:putobject",
                                              "s3:putobjecttagging",
                                              "sqs:receivemessage",
                                              "sqs:sendmessage",
                                              "sqs:setqueueattributes",
                                              "sts:assumerole",
                                              "sts:assumerolewithsaml",
                                              "sts:tagsession"};

}  // namespace

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
  out->ViewIndexed(out->indexed_, true, {});
  out->ViewIndexed(out->known_, true, kKnownActions);
  out->ViewIndexed(out->by_level_, false, {});
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

void ParsedLayers::ViewIndexed(Indexed& out, bool merged,
                               std::span<const std::string_view> known_actions) const {
  policy::PolicySet& set = out.set;
  set = policies_;
  const auto make = [&](policy::PolicySet::Policies policies) {
    out.indexes.push_back(policy::MakeIndex(policies, known_actions));
    return out.indexes.back().get();
  };
  const auto view = [&](policy::PolicySet::Policies& policies, const policy::PolicyIndex*& index) {
    index = make(policies);
    policies = index->policies();
  };
  view(set.identity, set.indexes.identity);
  if (set.permissions_boundary) view(*set.permissions_boundary, set.indexes.permissions_boundary);
  if (set.session) view(*set.session, set.indexes.session);
  if (set.endpoint) view(*set.endpoint, set.indexes.endpoint);
  if (set.resource != nullptr) set.indexes.resource = make({&set.resource, 1});
  const auto levels = [&](auto& layer, std::vector<policy::PolicySet::Level>& to,
                          policy::LevelsIndexPtr& index, const policy::LevelsIndex*& used) {
    if (!layer) return;
    if (merged) {
      index = policy::MakeLevelsIndex(*layer, known_actions);
      used = index.get();
      layer = index->levels();
      return;
    }
    to.assign(layer->begin(), layer->end());
    for (policy::PolicySet::Level& level : to) view(level.policies, level.index);
    layer = to;
  };
  levels(set.service_control, out.service_levels, out.service_index, set.indexes.service_control);
  levels(set.resource_control, out.resource_levels, out.resource_index, set.indexes.resource_control);
}

}  // namespace wardkeep::policy_case
