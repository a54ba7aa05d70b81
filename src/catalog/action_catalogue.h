// The service authorization reference: the services of AWS, their actions with access levels, resource types
// and condition keys, read from a compressed table linked into the program (data/action_catalogue.bin, made
// by tools/import_action_catalogue.py from the pinned packages named in NOTICE; facts: action-catalogue 2).
// Nothing is unpacked at start, and nothing unpacked is kept: whoever needs a service often keeps its
// ServiceFacts.
//
// The evaluator never asks this table: an action that is missing here is decided like any other.
//
//   if (const auto service = FindService("iam")) {
//     const ServiceFacts facts = LoadService(*service);
//     const ActionFacts* action = facts.FindAction("passrole");
//   }
//
// Thread-safety: pure functions over constant data. Ownership: the views of a ServiceEntry point into the
// program, those of a ServiceFacts into the block it owns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::catalog {

enum class AccessLevel : uint8_t { kList, kRead, kWrite, kPermissionsManagement, kTagging };
inline constexpr std::size_t kAccessLevelCount = 5;
inline constexpr std::array<AccessLevel, kAccessLevelCount> kAccessLevels = {
    AccessLevel::kList, AccessLevel::kRead, AccessLevel::kWrite, AccessLevel::kPermissionsManagement,
    AccessLevel::kTagging};

// "List", "Read", "Write", "Permissions management", "Tagging".
std::string_view AccessLevelName(AccessLevel level);

enum class KeyType : uint8_t {
  kString,
  kArrayOfString,
  kArn,
  kArrayOfArn,
  kBool,
  kArrayOfBool,
  kNumeric,
  kDate,
  kIpAddress,
};

struct ServiceEntry {
  std::string_view prefix;  // "iam": what stands before the colon of its actions
  std::string_view name;    // "AWS Identity and Access Management (IAM)"
  std::size_t action_count = 0;
  std::array<std::size_t, kAccessLevelCount> level_counts = {};  // actions per AccessLevel
  bool has_resource_control = false;  // its actions may stand in resource control policies
  std::size_t index = 0;              // position in prefix order
};

struct KeyFacts {
  std::string_view name;  // "iam:PassedToService"; a variable part is written "${TagKey}"
  KeyType type = KeyType::kString;
};

struct ResourceTypeFacts {
  std::string_view name;                     // "role"
  std::string_view arn;                      // "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
  std::span<const uint16_t> condition_keys;  // indexes in ServiceFacts::condition_keys()
};

struct ActionResource {
  uint16_t type = 0;  // index in ServiceFacts::resource_types()
  bool required = false;
};

struct ActionFacts {
  std::string_view name;  // "PassRole"
  AccessLevel level = AccessLevel::kWrite;
  bool permission_only = false;               // no API operation has this name
  std::span<const ActionResource> resources;  // empty: the action is authorised on "*" only
  std::span<const uint16_t>
      condition_keys;  // indexes in ServiceFacts::condition_keys(), global keys included
  std::vector<std::string_view> dependents;  // "iam:PassRole": what else the caller usually needs
};

// Everything about one service. Movable, not copyable.
class ServiceFacts {
 public:
  ServiceFacts(ServiceFacts&&) noexcept;
  ServiceFacts& operator=(ServiceFacts&&) noexcept;
  ~ServiceFacts();

  std::span<const KeyFacts> condition_keys() const;
  std::span<const ResourceTypeFacts> resource_types() const;
  std::span<const ActionFacts> actions() const;  // in byte order of the lower-cased names

  // Compared ignoring ASCII case, without the prefix; null if there is none. Logarithmic.
  const ActionFacts* FindAction(std::string_view name) const;

 private:
  struct Tables;
  friend ServiceFacts LoadService(const ServiceEntry& service);
  explicit ServiceFacts(std::unique_ptr<const Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

// How many services there are; positions 0 .. count-1 are in byte order of the prefixes.
std::size_t ServiceCount();

// The service at a position below ServiceCount(). Constant time, allocates nothing.
ServiceEntry ServiceAt(std::size_t index);

// The service with this prefix, compared ignoring ASCII case, or nothing. Logarithmic.
std::optional<ServiceEntry> FindService(std::string_view prefix);

// Unpacks the actions of a service: about 0.2 ms, for the largest 1 ms.
ServiceFacts LoadService(const ServiceEntry& service);

// The versions of the packages that the table was made from.
std::string_view CatalogueVersion();

}  // namespace wardkeep::catalog
