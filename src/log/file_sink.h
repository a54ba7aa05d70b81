// Sinks over file descriptors. A line is written with one write() call under a lock, so lines never mix. A
// failing write drops the line: logging never stops the service.
//
// Thread-safety: all sinks. Ownership: a DescriptorSink closes its descriptor when kOwned.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "log/log.h"

namespace wardkeep::log {

class DescriptorSink final : public Sink {
 public:
  enum class Ownership { kBorrowed, kOwned };
  DescriptorSink(int descriptor, Ownership ownership) : descriptor_(descriptor), ownership_(ownership) {}
  DescriptorSink(const DescriptorSink&) = delete;
  DescriptorSink& operator=(const DescriptorSink&) = delete;
  ~DescriptorSink() override;

  void Write(std::string_view line) override;

 private:
  std::mutex mutex_;  // keeps a line written in several pieces whole
  const int descriptor_;
  const Ownership ownership_;
};

// Standard error.
std::unique_ptr<Sink> MakeStderrSink();
// Appends to `path`, created with mode 0600.
base::Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& path);

// Drops everything: for tests and commands that do not log.
class NullSink final : public Sink {
 public:
  void Write(std::string_view /*line*/) override {}
};

}  // namespace wardkeep::log
