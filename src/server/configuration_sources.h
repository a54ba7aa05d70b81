// Puts the Configuration together: flags win over environment variables, those over the file, that over
// defaults.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "server/configuration.h"
#include "server/setting_value.h"

namespace wardkeep::server {

// The value of an environment variable, nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> ProcessEnvironment(const std::string& name);

// kInvalid with a message for the operator that names the origin and never repeats a value; also for
// combinations that are refused:
//   - an address that is not loopback, without TLS and without insecure_http (architecture.md section 6);
//   - one of certificate and key without the other;
//   - memory together with a database.
base::Result<Configuration> LoadConfiguration(SettingValues flags, const Environment& environment);

}  // namespace wardkeep::server
