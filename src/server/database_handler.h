// Verifies the store of a running server, on the local administration socket; every other path is passed on.
//
//   POST /v1/database/verify
//     200 the report (store_report.h)
//     409 while another check runs
//
// The check runs on a thread of its own and reads beside the server's own connections. Thread-safe. The
// references must outlive it; its end breaks a check off.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "base/http_message.h"
#include "log/log.h"
#include "server/configuration.h"
#include "storage/store.h"

namespace wardkeep::server {

class DatabaseHandler final : public base::HttpHandler {
 public:
  DatabaseHandler(const Configuration& configuration, storage::Store& store, const log::Logger& logger,
                  base::HttpHandler& next)
      : configuration_(configuration), store_(store), logger_(logger), next_(next) {}
  ~DatabaseHandler() override;
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  void Verify(const base::Responder& respond);

  const Configuration& configuration_;
  storage::Store& store_;
  const log::Logger& logger_;
  base::HttpHandler& next_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> running_{false};
  std::mutex mutex_;
  std::thread thread_;  // protected by mutex_; the last check, running or not
};

}  // namespace wardkeep::server
