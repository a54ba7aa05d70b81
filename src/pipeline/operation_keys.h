// Condition keys that an operation supplies, from its row in the operation table, its request and its target:
// aws:RequestTag/*, aws:TagKeys, iam:PolicyARN, iam:PermissionsBoundary, sts:ExternalId, aws:ResourceTag/*
// and so on.
#pragma once

#include "api/any_struct.h"
#include "api/operation.h"
#include "pipeline/authorizer.h"
#include "pipeline/target.h"

namespace wardkeep::pipeline {

void AddOperationKeys(const api::Operation& operation, const api::AnyStruct& request, const Target& target,
                      AccessQuestion& question);

}  // namespace wardkeep::pipeline
