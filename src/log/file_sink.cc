#include "log/file_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace wardkeep::log {

DescriptorSink::~DescriptorSink() {
  if (ownership_ == Ownership::kOwned) ::close(descriptor_);
}

void DescriptorSink::Write(std::string_view line) {
  const std::lock_guard lock(mutex_);
  while (!line.empty()) {
    const ssize_t written = ::write(descriptor_, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::unique_ptr<Sink> MakeStderrSink() {
  return std::make_unique<DescriptorSink>(STDERR_FILENO, DescriptorSink::Ownership::kBorrowed);
}

base::Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return base::Error(base::ErrorCode::kUnavailable, "cannot open log file `" + path + "`",
                       std::strerror(errno));
  }
  std::unique_ptr<Sink> sink =
      std::make_unique<DescriptorSink>(descriptor, DescriptorSink::Ownership::kOwned);
  return sink;
}

}  // namespace wardkeep::log
