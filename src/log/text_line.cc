#include "log/text_line.h"

#include <algorithm>

#include "base/time_text.h"
#include "log/json_line.h"

namespace wardkeep::log {
namespace {

constexpr std::size_t kLevelWidth = 9;  // of the longest name and a blank

// A word of printable ASCII in which nothing can be mistaken for the end of a value.
bool IsPlainWord(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\';
  });
}

void AppendFieldValue(std::string& out, const Field::Value& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  if (text != nullptr && IsPlainWord(*text)) {
    out += *text;
  } else {
    AppendJsonValue(out, value);
  }
}

}  // namespace

void AppendTextLine(std::string& out, base::Instant time, Level level, std::string_view message,
                    std::span<const Field> fields) {
  const std::string whole = base::FormatIso8601(time);
  out += std::string_view(whole).substr(11, 8);
  out += ' ';
  const std::string_view name = LevelName(level);
  out += name;
  out.append(kLevelWidth - name.size(), ' ');
  out += message;
  const char* between = "  ";
  for (const Field& field : fields) {
    out += between;
    out += field.name;
    out += '=';
    AppendFieldValue(out, field.value);
    between = " ";
  }
  out += '\n';
}

}  // namespace wardkeep::log
