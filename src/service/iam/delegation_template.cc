#include "service/iam/delegation_template.h"

#include <set>

#include "api/iam/errors.h"
#include "json/writer.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::size_t kMaxSize = 131'072;
constexpr std::string_view kOpen = "@{";

// Names may be given bare or as they stand in the template.
std::string_view BareName(std::string_view name) {
  if (name.starts_with(kOpen) && name.ends_with('}')) return name.substr(2, name.size() - 3);
  return name;
}

const entity::PolicyParameter* FindParameter(const std::vector<entity::PolicyParameter>& parameters,
                                             std::string_view name) {
  for (const auto& parameter : parameters) {
    if (BareName(parameter.name) == name) return &parameter;
  }
  return nullptr;
}

// As a JSON string, quotes included.
std::string Quoted(const std::string& text) {
  json::Writer out;
  out.String(text);
  return std::move(out).Take();
}

// Whether the value at the end of `before` stands in an array.
bool IsInArray(std::string_view before) {
  const auto last = before.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && (before[last] == '[' || before[last] == ',');
}

// A place in the template: where "@{name}" begins and ends.
struct Place {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string_view name;
};

ApiResult<Place> PlaceAt(std::string_view text, std::size_t start) {
  const auto close = text.find('}', start);
  if (close == std::string_view::npos) return api::iam::InvalidInput("The policy template has an open @{.");
  return Place{start, close + 1, text.substr(start + 2, close - start - 2)};
}

std::string ListText(const entity::PolicyParameter& parameter, bool in_array) {
  std::string text;
  for (const std::string& value : parameter.values)
    text.append(text.empty() ? "" : ",").append(Quoted(value));
  return in_array ? text : "[" + text + "]";
}

}  // namespace

ApiResult<std::string> FillTemplate(std::string_view policy_template,
                                    const std::vector<entity::PolicyParameter>& parameters) {
  std::string filled;
  std::set<std::string_view> used;
  std::size_t done = 0;
  for (auto at = policy_template.find(kOpen); at != std::string_view::npos;
       at = policy_template.find(kOpen, done)) {
    WK_ASSIGN(const Place place, PlaceAt(policy_template, at));
    const entity::PolicyParameter* parameter = FindParameter(parameters, place.name);
    if (parameter == nullptr) {
      return api::iam::InvalidInput("No value is given for the parameter " + std::string(place.name) + ".");
    }
    used.insert(place.name);
    filled.append(policy_template.substr(done, place.start - done));
    done = place.end;
    if (parameter->is_list) {
      const bool whole = filled.ends_with('"') && policy_template.substr(done).starts_with('"');
      if (!whole || parameter->values.empty()) {
        return api::iam::InvalidInput("The list " + std::string(place.name) + " does not fit its place.");
      }
      filled.pop_back();
      ++done;
      filled += ListText(*parameter, IsInArray(filled));
    } else {
      if (parameter->values.size() != 1) {
        return api::iam::InvalidInput("The parameter " + std::string(place.name) + " must have one value.");
      }
      const std::string quoted = Quoted(parameter->values.front());
      filled.append(quoted, 1, quoted.size() - 2);
    }
    if (filled.size() > kMaxSize) return api::iam::InvalidInput("The policy is too long.");
  }
  filled.append(policy_template.substr(done));
  for (const auto& parameter : parameters) {
    if (!used.contains(BareName(parameter.name))) {
      return api::iam::InvalidInput("The policy template has no parameter " + parameter.name + ".");
    }
  }
  return filled;
}

}  // namespace wardkeep::service::iam
