// What the sign-in endpoints need beside a request. References to long-lived, thread-safe objects that the
// composition root owns.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "base/http_message.h"
#include "entity/signin_attempt.h"
#include "pipeline/password_pool.h"
#include "pipeline/services.h"

namespace wardkeep::service::signin {

struct SigninSettings {
  std::chrono::seconds session_life{12 * 3600};  // of a console session
  bool root_mfa_required = true;                 // a root user without a device may do nothing but enrol one
};

// Told of every answer of an endpoint ("/signin"), from any thread.
using SigninObserver =
    std::function<void(std::string_view endpoint, int status, std::chrono::nanoseconds elapsed)>;

struct SigninEnvironment {
  const pipeline::Services& services;
  pipeline::PasswordPool& password_workers;
  entity::SigninSink& sink;
  SigninSettings settings;
  SigninObserver observe = {};  // may be empty
};

// An attempt with what the request says about where it comes from.
entity::SigninAttempt BeginAttempt(const SigninEnvironment& environment, const base::HttpRequest& request,
                                   entity::SigninEvent event, base::Instant now);

}  // namespace wardkeep::service::signin
