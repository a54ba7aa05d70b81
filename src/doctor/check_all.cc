#include <iterator>
#include <utility>

#include "doctor/checks.h"

namespace wardkeep::doctor {

Findings CheckAll(const server::Configuration& configuration, const std::vector<std::string>& environment,
                  base::Instant now) {
  const RunningServer running = LookForServer(configuration);
  Findings all;
  const auto append = [&](Findings some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  };
  append(CheckConfiguration(configuration, environment));
  append(CheckFiles(configuration));
  append(CheckDatabase(configuration, running));
  append(CheckDisk(configuration));
  append(CheckNetwork(configuration, running));
  append(CheckCertificate(configuration, now));
  append(CheckClock(now));
  return all;
}

}  // namespace wardkeep::doctor
