// The operations that ask servers elsewhere and may wait for them for seconds. They run on a pool of their
// own, whatever the operation table says.
#pragma once

#include <string_view>

namespace wardkeep::pipeline {

bool AsksOtherServers(std::string_view service, std::string_view operation);

}  // namespace wardkeep::pipeline
