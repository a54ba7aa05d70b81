// What the handles of the C interface hold.
#pragma once

#include <cstddef>
#include <utility>

#include "evaluate_format/decide.h"
#include "evaluate_format/policies.h"
#include "wardkeep/request.h"
#include "wardkeep/wardkeep.h"

// Immutable once given to the caller.
struct wk_policies {
  wardkeep::evaluate_format::EvaluatePolicies policies;
};

struct wk_request {
  explicit wk_request(wardkeep::policy::Request given)
      : request(std::move(given)), bytes(wardkeep::evaluate_format::BytesOf(request)) {}

  wardkeep::policy::Request request;
  std::size_t bytes;  // BytesOf(request)
};
