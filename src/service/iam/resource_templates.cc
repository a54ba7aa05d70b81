#include "service/iam/resource_templates.h"

#include "analysis/resource_fit.h"
#include "base/ascii.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::string_view kPartition = "${Partition}";

// The first type of the action's that the resource can be of, null when there is none.
const catalog::ResourceTypeFacts* TypeOf(const catalog::ServiceFacts& service,
                                         const catalog::ActionFacts& action, std::string_view resource) {
  for (const catalog::ActionResource& candidate : action.resources) {
    const catalog::ResourceTypeFacts& type = service.resource_types()[candidate.type];
    if (analysis::CanName(resource, type.arn)) return &type;
  }
  return nullptr;
}

}  // namespace

std::string ResourceTemplates::Of(std::string_view action, std::string_view resource) {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return "*";
  const std::string prefix = base::AsciiLower(action.substr(0, colon));
  auto known = services_.find(prefix);
  if (known == services_.end()) {
    const auto service = catalog::FindService(prefix);
    if (!service) return "*";
    known = services_.emplace(prefix, catalog::LoadService(*service)).first;
  }
  const catalog::ActionFacts* facts = known->second.FindAction(action.substr(colon + 1));
  const catalog::ResourceTypeFacts* type =
      facts == nullptr ? nullptr : TypeOf(known->second, *facts, resource);
  if (type == nullptr) return "*";
  std::string form(type->arn);
  if (const std::size_t at = form.find(kPartition); at != std::string::npos)
    form.replace(at, kPartition.size(), "aws");
  return form;
}

}  // namespace wardkeep::service::iam
