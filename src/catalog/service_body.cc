#include "catalog/service_body.h"

#include <cstring>
#include <utility>

#include "base/assert.h"

namespace wardkeep::catalog {
namespace {

constexpr uint16_t kRequired = 0x8000;
constexpr uint8_t kPermissionOnly = 1;

}  // namespace

ServiceBody::ServiceBody(std::string bytes) : bytes_(std::move(bytes)) {
  ReadKeys();
  ReadTypes();
  ReadActions();
  WK_ASSERT(at_ == bytes_.size());
}

uint8_t ServiceBody::Byte() {
  WK_ASSERT(at_ < bytes_.size());
  return static_cast<uint8_t>(bytes_[at_++]);
}

uint16_t ServiceBody::Number() {
  WK_ASSERT(at_ + 2 <= bytes_.size());
  uint16_t value;
  std::memcpy(&value, bytes_.data() + at_, sizeof value);
  at_ += sizeof value;
  return value;
}

std::string_view ServiceBody::Text() {
  const std::size_t size = Number();
  WK_ASSERT(at_ + size <= bytes_.size());
  at_ += size;
  return {bytes_.data() + at_ - size, size};
}

std::span<const uint16_t> ServiceBody::Indexes() {
  const std::size_t count = Number();
  if (count == 0) return {};
  std::vector<uint16_t>& list = index_lists_.emplace_back();
  list.reserve(count);
  for (std::size_t i = 0; i < count; ++i) list.push_back(Number());
  return list;
}

std::span<const ActionResource> ServiceBody::Resources() {
  const std::size_t count = Number();
  if (count == 0) return {};
  std::vector<ActionResource>& list = resource_lists_.emplace_back();
  list.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const uint16_t number = Number();
    list.push_back({static_cast<uint16_t>(number & ~kRequired), (number & kRequired) != 0});
    WK_ASSERT(list.back().type < types_.size());
  }
  return list;
}

void ServiceBody::ReadKeys() {
  const std::size_t count = Number();
  keys_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = Text();
    keys_.push_back({name, static_cast<KeyType>(Byte())});
  }
}

void ServiceBody::ReadTypes() {
  const std::size_t count = Number();
  types_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = Text();
    const std::string_view arn = Text();
    types_.push_back({name, arn, Indexes()});
  }
}

void ServiceBody::ReadActions() {
  std::vector<std::string_view> dependents(Number());
  for (std::string_view& name : dependents) name = Text();
  const std::size_t count = Number();
  actions_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    ActionFacts& action = actions_.emplace_back();
    action.name = Text();
    action.level = static_cast<AccessLevel>(Byte());
    action.permission_only = (Byte() & kPermissionOnly) != 0;
    action.resources = Resources();
    action.condition_keys = Indexes();
    const std::size_t needed = Number();
    for (std::size_t j = 0; j < needed; ++j) action.dependents.push_back(dependents.at(Number()));
  }
}

}  // namespace wardkeep::catalog
