// The AWS managed policies: name, path, dates and the document of the latest version of each, read from a
// compressed table linked into the program (data/managed_policies.bin, made by
// tools/import_managed_policies.py from the pinned package named in NOTICE; facts: action-catalogue 2.2).
// Nothing is unpacked at start.
//
//   if (const auto policy = FindManagedPolicy("arn:aws:iam::aws:policy/AdministratorAccess")) {
//     Use(ManagedPolicyDocument(*policy));
//   }
//
// Thread-safety: pure functions over constant data. Ownership: the string views point into the program
// itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wardkeep::catalog {

inline constexpr std::string_view kManagedPolicyArnPrefix = "arn:aws:iam::aws:policy/";

struct ManagedPolicyEntry {
  std::string_view name;
  std::string_view path;  // "/", "/service-role/", ...
  std::string_view id;    // ANPA...; derived from the ARN, since the source has no ids
  uint32_t version = 1;   // number of the latest and only stored version: 3 is shown as "v3"
  base::Instant create_date;
  base::Instant update_date;  // when the latest version was made
  std::size_t index = 0;      // position in name order

  std::string Arn() const;
  std::string VersionId() const;  // "v3"
};

// How many policies there are; positions 0 .. count-1 are in byte order of the names.
std::size_t ManagedPolicyCount();

// The policy at a position below ManagedPolicyCount(). Constant time.
ManagedPolicyEntry ManagedPolicyAt(std::size_t index);

// The policy with exactly this ARN, or nothing. Logarithmic.
std::optional<ManagedPolicyEntry> FindManagedPolicy(std::string_view arn);

// Whether the ARN lies in AWS's own policy name space, existing or not: such policies can never be edited.
bool IsManagedPolicyArn(std::string_view arn);

// The document, as compact JSON. Unpacks one block (about 64 KiB, 0.3 ms), so keep the result where it is
// needed often.
std::string ManagedPolicyDocument(const ManagedPolicyEntry& entry);

}  // namespace wardkeep::catalog
