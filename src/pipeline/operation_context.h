// What a handler gets. A read handler sees one immutable state; a write handler edits a working copy that
// becomes durable and visible after it returns success, and vanishes when it returns an error.
//
//   base::Result<api::iam::GetUserResponse, api::ApiError> GetUser(const ReadContext&, const
//   api::iam::GetUserRequest&); base::Result<api::iam::CreateUserResponse, api::ApiError>
//   CreateUser(WriteContext&, const api::iam::CreateUserRequest&);
//
// Authentication, decoding, validation of the model's constraints and authorisation are done before a handler
// runs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "pipeline/authorizer.h"
#include "pipeline/caller_identity.h"
#include "pipeline/services.h"
#include "pipeline/target.h"
#include "snapshot/account_edit.h"

namespace wardkeep::pipeline {

class OperationContext {
 public:
  OperationContext(const Services& s, const CallerIdentity& c, const Authorizer& a, const Target& t,
                   base::Instant time)
      : services(s), caller(c), authorizer(a), target(t), now(time) {}

  const Services& services;
  const CallerIdentity& caller;
  const Authorizer& authorizer;  // of this request; for checks beyond the operation's own row
  const Target& target;          // what the request was authorised for
  const base::Instant now;       // one moment for the whole request
};

class ReadContext : public OperationContext {
 public:
  ReadContext(const Services& s, const CallerIdentity& c, const Authorizer& a, const Target& t,
              base::Instant time, const snapshot::AccountState& state)
      : OperationContext(s, c, a, t, time), account(state) {}

  const snapshot::AccountState& account;  // the caller's account
};

// Headers for the answer of a write that succeeds, for what the model has no member for.
using AnswerHeaders = std::vector<std::pair<std::string, std::string>>;

class WriteContext : public OperationContext {
 public:
  WriteContext(const Services& s, const CallerIdentity& c, const Authorizer& a, const Target& t,
               base::Instant time, snapshot::AccountEdit& working_copy, AnswerHeaders& headers)
      : OperationContext(s, c, a, t, time), edit(working_copy), answer_headers(headers) {}

  const snapshot::AccountState& account() const { return edit.state(); }
  snapshot::AccountEdit& edit;
  AnswerHeaders& answer_headers;
};

}  // namespace wardkeep::pipeline
