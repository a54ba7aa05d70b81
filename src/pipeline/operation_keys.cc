#include "pipeline/operation_keys.h"

#include <string>
#include <string_view>

#include "pipeline/member_value.h"

namespace wardkeep::pipeline {
namespace {

using api::ConditionKey;
using api::KeySource;

bool IsPerTag(std::string_view key) {
  return key.ends_with("/*");
}
std::string_view Prefix(std::string_view key) {
  return key.substr(0, key.size() - 1);
}

void AddFromRequest(const ConditionKey& row, const api::AnyStruct& request, AccessQuestion& question) {
  if (row.member == nullptr) return;
  const std::string key(row.key);
  if (const auto tags = TagList(request, *row.member)) {
    std::vector<std::string> names;
    for (const auto& [name, value] : *tags) {
      if (IsPerTag(row.key)) question.keys.emplace_back(std::string(Prefix(row.key)) + name, value);
      names.push_back(name);
    }
    if (!IsPerTag(row.key)) question.multi_keys.emplace_back(key, std::move(names));
  } else if (auto list = StringList(request, *row.member)) {
    question.multi_keys.emplace_back(key, std::move(*list));
  } else if (const auto text = ScalarText(request, *row.member)) {
    question.keys.emplace_back(key, *text);
  }
}

}  // namespace

void AddOperationKeys(const api::Operation& operation, const api::AnyStruct& request, const Target& target,
                      AccessQuestion& question) {
  for (const ConditionKey& row : operation.keys) {
    switch (row.source) {
      case KeySource::kRequest:
        AddFromRequest(row, request, question);
        break;
      case KeySource::kResourceTags:
        if (target.tags == nullptr || !IsPerTag(row.key)) break;
        for (const auto& [name, value] : *target.tags) {
          question.keys.emplace_back(std::string(Prefix(row.key)) + name, value);
        }
        break;
      case KeySource::kResourceBoundary:
        if (!target.boundary.empty()) question.keys.emplace_back(std::string(row.key), target.boundary);
        break;
      case KeySource::kResourceService:
        if (!target.linked_service.empty())
          question.keys.emplace_back(std::string(row.key), target.linked_service);
        break;
      case KeySource::kResourceOwner:
        if (!target.owner_arn.empty()) question.keys.emplace_back(std::string(row.key), target.owner_arn);
        break;
      case KeySource::kAssertion:
        break;  // set by the federation stage that verified the assertion
    }
  }
}

}  // namespace wardkeep::pipeline
