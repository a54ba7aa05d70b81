#include "server/request_log.h"

namespace wardkeep::server {

void LogRequest(const log::Logger& logger, const RequestRecord& record) {
  const log::Level level = record.status >= 500 ? log::Level::kWarning : log::Level::kInfo;
  if (!logger.Enabled(level)) return;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(record.duration).count();
  const log::Field fields[] = {
      {"request_id", record.request_id}, {"caller", record.caller_arn}, {"service", record.service},
      {"operation", record.operation},   {"status", record.status},     {"error_code", record.error_code},
      {"duration_us", micros},           {"peer", record.peer_address},
  };
  logger.Write(level, "request", fields);
}

}  // namespace wardkeep::server
