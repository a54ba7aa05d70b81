// The logging facade of the whole program: one event is a level, a constant message and typed fields.
//
//   logger.Info("listening", {{"address", address}, {"port", port}});
//
// The message is a constant phrase; everything variable goes into fields, so that logs can be searched.
// Thread-safety: a Logger may be used from all threads. Ownership: clock and sink must outlive it.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "log/field.h"

namespace wardkeep::log {

enum class Level { kDebug, kInfo, kWarning, kError };

std::string_view LevelName(Level level);                 // "debug", "info", "warning", "error"
std::optional<Level> ParseLevel(std::string_view name);  // the reverse; nullopt for any other text

// Where finished lines go.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Write(std::string_view line) = 0;  // one or more complete lines with newlines; thread-safe
};

enum class Format : uint8_t {
  kJson,  // json_line.h, for programs
  kText,  // text_line.h, for a person at a terminal
};

class Logger {
 public:
  Logger(Sink& sink, const base::Clock& clock, Level minimum, Format format = Format::kJson)
      : sink_(sink), clock_(clock), format_(format), minimum_(minimum) {}

  bool Enabled(Level level) const { return level >= minimum_.load(std::memory_order_relaxed); }
  void SetMinimum(Level level) { minimum_.store(level, std::memory_order_relaxed); }

  void Write(Level level, std::string_view message, std::span<const Field> fields) const;
  void Debug(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Info(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Warning(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Error(std::string_view message, std::initializer_list<Field> fields = {}) const;

 private:
  Sink& sink_;
  const base::Clock& clock_;
  const Format format_;
  std::atomic<Level> minimum_;
};

}  // namespace wardkeep::log
