#include "service/iam/service_last_accessed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "service/iam/access_job.h"
#include "service/iam/access_subject.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

// Services on a page when the request does not say (data-formats section 11).
constexpr int32_t kDefaultServices = 200;

using pipeline::ReadContext;
using snapshot::ActionUse;

constexpr std::chrono::hours kTrackingPeriod{400 * 24};
// The services whose requests this server sees, so that it knows of single actions.
constexpr std::array<std::string_view, 2> kTrackedServices = {"iam", "sts"};

// An attempt and who made it.
struct Attempt {
  const AccessEntity* entity = nullptr;
  ActionUse use;
};

api::ApiError UnknownJob(const std::string& job_id) {
  return api::iam::NoSuchEntity("The job with id " + job_id + " cannot be found.");
}

// Every attempt of the subject's entities within the tracking period.
std::vector<Attempt> AttemptsOf(const ReadContext& context, const AccessSubject& subject) {
  std::vector<Attempt> attempts;
  for (const AccessEntity& entity : subject.entities) {
    for (ActionUse& use : context.services.usage.actions().Of(entity.id)) {
      if (context.now - use.date <= kTrackingPeriod) attempts.push_back({&entity, std::move(use)});
    }
  }
  return attempts;
}

// The newest of those that satisfy `counts`; null when there is none.
template <typename Counts>
const Attempt* Newest(const std::vector<Attempt>& attempts, Counts counts) {
  const Attempt* newest = nullptr;
  for (const Attempt& attempt : attempts) {
    if (counts(attempt) && (newest == nullptr || attempt.use.date > newest->use.date)) newest = &attempt;
  }
  return newest;
}

std::vector<api::iam::TrackedActionLastAccessed> ShowActions(const AccessSubject& subject,
                                                             const catalog::ServiceEntry& service,
                                                             const std::vector<Attempt>& attempts) {
  std::vector<api::iam::TrackedActionLastAccessed> shown;
  const catalog::ServiceFacts facts = catalog::LoadService(service);
  for (const std::string_view action : subject.granted.Actions(service, facts)) {
    const catalog::ActionFacts* fact = facts.FindAction(action);
    if (fact == nullptr || fact->permission_only) continue;  // nobody calls those, so nothing is tracked
    api::iam::TrackedActionLastAccessed row;
    row.action_name = action;
    const Attempt* newest = Newest(attempts, [&](const Attempt& attempt) {
      return attempt.use.service == service.prefix && base::EqualsIgnoreAsciiCase(attempt.use.action, action);
    });
    if (newest != nullptr) {
      row.last_accessed_entity = newest->entity->arn;
      row.last_accessed_time = newest->use.date;
      row.last_accessed_region = newest->use.region;
    }
    shown.push_back(std::move(row));
  }
  return shown;
}

api::iam::ServiceLastAccessed ShowService(const catalog::ServiceEntry& service,
                                          const std::vector<Attempt>& attempts) {
  api::iam::ServiceLastAccessed row;
  row.service_name = service.name;
  row.service_namespace = service.prefix;
  std::vector<const AccessEntity*> entities;
  const Attempt* newest = Newest(attempts, [&](const Attempt& attempt) {
    if (attempt.use.service != service.prefix) return false;
    if (std::ranges::find(entities, attempt.entity) == entities.end()) entities.push_back(attempt.entity);
    return true;
  });
  row.total_authenticated_entities = static_cast<int32_t>(entities.size());
  if (newest == nullptr) return row;
  row.last_authenticated = newest->use.date;
  row.last_authenticated_entity = newest->entity->arn;
  row.last_authenticated_region = newest->use.region;
  return row;
}

// What both reports say of their job. A job is done at once; it fails when whom it is about is gone.
template <typename Response>
void ShowJob(const AccessJob& job, const std::optional<AccessSubject>& subject, Response& response) {
  response.job_status = subject ? "COMPLETED" : "FAILED";
  response.job_creation_date = job.created;
  response.job_completion_date = job.created;
  if (subject) return;
  response.error =
      api::iam::ErrorDetails{.message = "The entity of the report no longer exists.", .code = "NoSuchEntity"};
}

ApiResult<api::iam::GenerateServiceLastAccessedDetailsResponse> GenerateServiceLastAccessedDetails(
    const ReadContext& context, const api::iam::GenerateServiceLastAccessedDetailsRequest& request) {
  AccessJob job;
  WK_ASSIGN(job.subject_id, SubjectIdOf(context.account, *request.arn));
  job.action_level = request.granularity == "ACTION_LEVEL";
  job.created = context.now;
  api::iam::GenerateServiceLastAccessedDetailsResponse response;
  response.job_id = MakeJobId(context, job);
  return response;
}

ApiResult<api::iam::GetServiceLastAccessedDetailsResponse> GetServiceLastAccessedDetails(
    const ReadContext& context, const api::iam::GetServiceLastAccessedDetailsRequest& request) {
  const std::optional<AccessJob> job = ReadJobId(context, *request.job_id);
  if (!job) return UnknownJob(*request.job_id);
  const std::optional<AccessSubject> subject = FindSubject(context, context.account, job->subject_id);
  api::iam::GetServiceLastAccessedDetailsResponse response;
  ShowJob(*job, subject, response);
  response.job_type = job->action_level ? "ACTION_LEVEL" : "SERVICE_LEVEL";
  response.services_last_accessed.emplace();
  if (!subject) return WithPageEnd(std::move(response), {});
  const std::vector<Attempt> attempts = AttemptsOf(context, *subject);
  std::vector<std::pair<std::string, std::size_t>> services;
  for (const std::size_t index : subject->granted.Services()) {
    services.emplace_back(catalog::ServiceAt(index).prefix, index);
  }
  const PageRequest page{"GetServiceLastAccessedDetails|" + *request.job_id, request.marker,
                         request.max_items.value_or(kDefaultServices)};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, services, [&](std::size_t index) {
              const catalog::ServiceEntry service = catalog::ServiceAt(index);
              api::iam::ServiceLastAccessed row = ShowService(service, attempts);
              const bool tracked =
                  std::ranges::find(kTrackedServices, service.prefix) != kTrackedServices.end();
              if (job->action_level && tracked) {
                row.tracked_actions_last_accessed = ShowActions(*subject, service, attempts);
              }
              response.services_last_accessed->push_back(std::move(row));
            }));
  return WithPageEnd(std::move(response), end);
}

// One entity and when it last tried the service; never, for some.
api::iam::EntityDetails ShowEntity(const AccessEntity& entity, const std::vector<Attempt>& attempts,
                                   std::string_view service) {
  api::iam::EntityDetails row;
  row.entity_info = api::iam::EntityInfo{.arn = entity.arn,
                                         .name = entity.name,
                                         .type = entity.kind == OwnerKind::kUser ? "USER" : "ROLE",
                                         .id = entity.id,
                                         .path = entity.path};
  const Attempt* newest = Newest(attempts, [&](const Attempt& attempt) {
    return attempt.entity == &entity && attempt.use.service == service;
  });
  if (newest != nullptr) row.last_authenticated = newest->use.date;
  return row;
}

ApiResult<api::iam::GetServiceLastAccessedDetailsWithEntitiesResponse>
GetServiceLastAccessedDetailsWithEntities(
    const ReadContext& context, const api::iam::GetServiceLastAccessedDetailsWithEntitiesRequest& request) {
  const std::optional<AccessJob> job = ReadJobId(context, *request.job_id);
  if (!job) return UnknownJob(*request.job_id);
  const auto service = catalog::FindService(*request.service_namespace);
  if (!service) {
    return api::iam::InvalidInput("Service namespace " + *request.service_namespace + " is not known.");
  }
  const std::optional<AccessSubject> subject = FindSubject(context, context.account, job->subject_id);
  api::iam::GetServiceLastAccessedDetailsWithEntitiesResponse response;
  ShowJob(*job, subject, response);
  response.entity_details_list.emplace();
  if (!subject) return WithPageEnd(std::move(response), {});
  const std::vector<Attempt> attempts = AttemptsOf(context, *subject);
  std::vector<std::pair<std::string, const AccessEntity*>> entities;
  if (subject->granted.Grants(*service)) {
    for (const AccessEntity& entity : subject->entities) entities.emplace_back(entity.arn, &entity);
  }
  std::ranges::sort(entities);
  const PageRequest page{
      "GetServiceLastAccessedDetailsWithEntities|" + *request.job_id + "|" + std::string(service->prefix),
      request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, entities, [&](const AccessEntity* entity) {
              response.entity_details_list->push_back(ShowEntity(*entity, attempts, service->prefix));
            }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterServiceLastAccessed(pipeline::Registry& registry) {
  registry.Read("iam", "GenerateServiceLastAccessedDetails", GenerateServiceLastAccessedDetails);
  registry.Read("iam", "GetServiceLastAccessedDetails", GetServiceLastAccessedDetails);
  registry.Read("iam", "GetServiceLastAccessedDetailsWithEntities",
                GetServiceLastAccessedDetailsWithEntities);
}

}  // namespace wardkeep::service::iam
