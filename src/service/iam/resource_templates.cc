#include "service/iam/resource_templates.h"

#include "base/ascii.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::string_view kPartition = "${Partition}";

// The type that stands for all resources of the action, null when several could.
const catalog::ResourceTypeFacts* TypeOf(const catalog::ServiceFacts& service,
                                         const catalog::ActionFacts& action) {
  const catalog::ActionResource* required = nullptr;
  std::size_t count = 0;
  for (const catalog::ActionResource& resource : action.resources) {
    if (!resource.required) continue;
    required = &resource;
    ++count;
  }
  if (count == 1) return &service.resource_types()[required->type];
  if (count == 0 && action.resources.size() == 1)
    return &service.resource_types()[action.resources.front().type];
  return nullptr;
}

}  // namespace

std::string ResourceTemplates::Of(std::string_view action) {
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
  const catalog::ResourceTypeFacts* type = facts == nullptr ? nullptr : TypeOf(known->second, *facts);
  if (type == nullptr) return "*";
  std::string form(type->arn);
  if (const std::size_t at = form.find(kPartition); at != std::string::npos)
    form.replace(at, kPartition.size(), "aws");
  return form;
}

}  // namespace wardkeep::service::iam
