// Target: the resource an operation acts on, found from its row in the operation table and its request. Also
// says how denials name it ("user bob"), what tags and boundary it has, and which trust policy guards it.
#pragma once

#include <string>

#include "api/any_struct.h"
#include "api/operation.h"
#include "pipeline/caller_identity.h"
#include "pipeline/services.h"

namespace wardkeep::pipeline {

struct Target {
  std::string arn = "*";
  std::string shown;                   // as denials name it; empty: the ARN
  bool any = true;                     // the operation has no resource of its own
  snapshot::AccountStatePtr account;   // where the entity lives; pinned
  const entity::Tags* tags = nullptr;  // of an existing entity
  std::string boundary;                // permissions boundary on an existing user or role
  std::string linked_service;          // of a service-linked role
  std::string owner_id;                // aws:userid of the owner of a delegation request; empty for none
  std::string owner_arn;               // of the same
  const entity::Role* role = nullptr;  // set when the target is an existing role
};

Target FindTarget(const api::ResourceTemplate& row, const api::AnyStruct& request,
                  const CallerIdentity& caller, const Services& services);

// The ARN an existing target gets from a new name and a new path; either may be absent.
std::string RenamedArn(const api::ResourceTemplate& renamed, const api::AnyStruct& request,
                       const Target& target);

}  // namespace wardkeep::pipeline
