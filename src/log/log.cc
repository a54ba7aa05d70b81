#include "log/log.h"

#include <array>
#include <string>

#include "log/json_line.h"
#include "log/text_line.h"

namespace wardkeep::log {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};

std::span<const Field> AsSpan(std::initializer_list<Field> fields) {
  return {fields.begin(), fields.size()};
}

}  // namespace

std::string_view LevelName(Level level) {
  return kLevelNames[static_cast<std::size_t>(level)];
}

std::optional<Level> ParseLevel(std::string_view name) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
    if (kLevelNames[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

void Logger::Write(Level level, std::string_view message, std::span<const Field> fields) const {
  if (!Enabled(level)) return;
  std::string line;
  line.reserve(512);
  const auto append = format_ == Format::kText ? AppendTextLine : AppendJsonLine;
  append(line, clock_.Now(), level, message, fields);
  sink_.Write(line);
}

void Logger::Debug(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kDebug, message, AsSpan(fields));
}
void Logger::Info(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kInfo, message, AsSpan(fields));
}
void Logger::Warning(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kWarning, message, AsSpan(fields));
}
void Logger::Error(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kError, message, AsSpan(fields));
}

}  // namespace wardkeep::log
