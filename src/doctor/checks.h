// The checks of `wardkeep doctor`, one per subject. They look and change nothing: no file is made, no
// database is recovered, and a server that runs meanwhile is not disturbed.
//
// Thread-safety: functions of their arguments and of the machine.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "doctor/finding.h"
#include "server/configuration.h"

namespace wardkeep::doctor {

// Whether a server is at work on this data folder, and what it answers on its administration socket.
struct RunningServer {
  bool holds_lock = false;
  bool answers = false;
};

RunningServer LookForServer(const server::Configuration& configuration);

// Combinations that are allowed and yet worth a word; variables of the environment that begin with WARDKEEP_
// and name no setting. `environment` holds NAME=VALUE texts.
Findings CheckConfiguration(const server::Configuration& configuration,
                            const std::vector<std::string>& environment);

// Folder, master key, configuration file, log file: are they there, whose are they, who else may read them?
Findings CheckFiles(const server::Configuration& configuration);

// Is the database ours, of a version this program knows, and sound?
Findings CheckDatabase(const server::Configuration& configuration, const RunningServer& running);

// Room for the database: bytes and files.
Findings CheckDisk(const server::Configuration& configuration);

// The port, the limit of open files, the administration socket.
Findings CheckNetwork(const server::Configuration& configuration, const RunningServer& running);

// Certificate and key: do they belong together, and how long do they last?
Findings CheckCertificate(const server::Configuration& configuration, base::Instant now);

// Is the clock set, and is something keeping it right?
Findings CheckClock(base::Instant now);

// All of them, in the order in which a person reads them.
Findings CheckAll(const server::Configuration& configuration, const std::vector<std::string>& environment,
                  base::Instant now);

}  // namespace wardkeep::doctor
