#include "service/ec2/register.h"

#include <algorithm>
#include <string>
#include <vector>

#include "api/ec2/types.h"
#include "policy/match/glob.h"
#include "policy/match/piece.h"

namespace wardkeep::service::ec2 {
namespace {

using pipeline::ReadContext;
template <typename T>
using ApiResult = base::Result<T, api::ApiError>;
using Request = api::ec2::DescribeRegionsRequest;

// IAM is at home here, whatever region a request is signed for.
constexpr std::string_view kHome = "us-east-1";
constexpr std::string_view kOptIn = "opt-in-not-required";

// Values of filters may have '*' and '?'.
bool MatchesValue(std::string_view pattern, std::string_view text) {
  std::vector<policy::Piece> pieces;
  while (!pattern.empty()) {
    const std::size_t end = std::min(pattern.find_first_of("*?"), pattern.size());
    policy::Piece& piece = pieces.emplace_back();
    if (end > 0) {
      piece.text = pattern.substr(0, end);
    } else if (pattern.front() == '*') {
      piece.kind = policy::Piece::Kind::kRun;
    } else {
      piece.kind = policy::Piece::Kind::kOne;
      piece.count = 1;
    }
    pattern.remove_prefix(std::max<std::size_t>(end, 1));
  }
  return policy::MatchesGlob(pieces, text);
}

// The home of IAM and the region that the caller uses; both are this server.
std::vector<api::ec2::Region> Regions(const ReadContext& context) {
  const pipeline::RequestFacts& facts = context.authorizer.facts();
  const std::string* host = facts.http.Header("host");
  std::vector<std::string> names = {std::string(kHome)};
  if (facts.region != kHome) names.emplace_back(facts.region);
  std::ranges::sort(names);
  std::vector<api::ec2::Region> regions;
  for (std::string& name : names) {
    api::ec2::Region& region = regions.emplace_back();
    region.region_name = std::move(name);
    region.endpoint = host == nullptr ? std::string() : *host;
    region.opt_in_status = std::string(kOptIn);
  }
  return regions;
}

ApiResult<const std::string*> Filtered(const api::ec2::Filter& filter, const api::ec2::Region& region) {
  const std::string name = filter.name.value_or("");
  if (name == "region-name") return &*region.region_name;
  if (name == "endpoint") return &*region.endpoint;
  if (name == "opt-in-status") return &*region.opt_in_status;
  return api::InvalidParameterValue("The filter '" + name + "' is invalid");
}

ApiResult<bool> Fits(const Request& request, const api::ec2::Region& region) {
  for (const api::ec2::Filter& filter : request.filters.value_or(std::vector<api::ec2::Filter>())) {
    WK_ASSIGN(const std::string* text, Filtered(filter, region));
    const auto values = filter.values.value_or(std::vector<std::string>());
    const bool any =
        std::ranges::any_of(values, [&](const std::string& pattern) { return MatchesValue(pattern, *text); });
    if (!any) return false;
  }
  return true;
}

ApiResult<void> CheckNames(const Request& request, const std::vector<api::ec2::Region>& regions) {
  for (const std::string& name : request.region_names.value_or(std::vector<std::string>())) {
    const bool known =
        std::ranges::any_of(regions, [&](const auto& region) { return *region.region_name == name; });
    if (!known) return api::InvalidParameterValue("Invalid region names: " + name);
  }
  return {};
}

ApiResult<api::ec2::DescribeRegionsResult> DescribeRegions(const ReadContext& context,
                                                           const Request& request) {
  if (request.dry_run.value_or(false)) {
    return api::ApiError{.code = "DryRunOperation",
                         .http_status = 412,
                         .message = "Request would have succeeded, but DryRun flag is set."};
  }
  const std::vector<api::ec2::Region> regions = Regions(context);
  WK_TRY(CheckNames(request, regions));
  api::ec2::DescribeRegionsResult response;
  response.regions.emplace();
  for (const api::ec2::Region& region : regions) {
    const auto& names = request.region_names;
    const bool named =
        !names || names->empty() || std::ranges::find(*names, *region.region_name) != names->end();
    WK_ASSIGN(const bool fits, Fits(request, region));
    if (named && fits) response.regions->push_back(region);
  }
  return response;
}

}  // namespace

void RegisterAll(pipeline::Registry& registry) {
  registry.Read("ec2", "DescribeRegions", DescribeRegions);
}

}  // namespace wardkeep::service::ec2
