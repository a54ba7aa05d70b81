// Policy documents of requests: parsed, validated with AWS's words, measured against quotas, compiled once.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "entity/inline_policy.h"
#include "entity/quota.h"
#include "entity/stored_document.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// Parses and compiles; MalformedPolicyDocument (or ValidationError) with AWS's text otherwise.
ApiResult<entity::DocumentPtr> ReadDocument(const std::string& text, policy::DocumentKind kind);

// LimitExceeded "Cannot exceed quota for PolicySize: 6144" and its like; white space outside strings is free.
ApiResult<void> CheckDocumentSize(std::string_view text, entity::Quota quota);

// The sum over inline policies of one entity: "Maximum policy size of 2048 bytes exceeded for user bob".
// `kind` is "user", "group" or "role".
ApiResult<void> CheckInlineSize(const entity::InlinePolicies& policies, entity::Quota quota,
                                std::string_view kind, std::string_view name);

// How documents travel in responses: percent-encoded as RFC 3986 (policy-semantics 1.1).
std::string ShowDocument(std::string_view text);

}  // namespace wardkeep::service::iam
