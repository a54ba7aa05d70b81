// The application of this release: IAM and STS over the accounts of one store, and the administration of
// accounts.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "log/log.h"
#include "server/application.h"
#include "server/configuration.h"
#include "server/metrics.h"

namespace wardkeep::server {

// Opens the store and the master key; Begin does the rest. `configuration`, `logger`, `clock` and `metrics`
// outlive the application. Any error says why; an existing store is then untouched.
base::Result<std::unique_ptr<Application>> OpenIamApplication(const Configuration& configuration,
                                                              const log::Logger& logger,
                                                              const base::Clock& clock, Metrics& metrics);

}  // namespace wardkeep::server
