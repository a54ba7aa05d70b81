// Streaming JSON writer. The output is always valid JSON text in UTF-8: bytes that are not UTF-8 become
// U+FFFD.
//
//   Writer out;
//   out.BeginObject().Key("id").Int(7).Key("tags").BeginArray().String("a").EndArray().EndObject();
//   std::string text = std::move(out).Take();   // {"id":7,"tags":["a"]}
//
// Calls must nest properly and every member needs a Key; this is checked in debug builds. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace wardkeep::json {

enum class Layout : uint8_t {
  kCompact,   // no white space at all
  kIndented,  // a line per element, two spaces a level; empty arrays and objects stay on one line
};

class Writer {
 public:
  explicit Writer(Layout layout = Layout::kCompact) : layout_(layout) {}

  Writer& BeginObject();
  Writer& EndObject();
  Writer& BeginArray();
  Writer& EndArray();
  Writer& Key(std::string_view name);

  Writer& String(std::string_view text);
  Writer& Int(int64_t value);
  Writer& Unsigned(uint64_t value);
  // Shortest text that reads back as the same double; "NaN", "Infinity", "-Infinity" as strings (AWS JSON).
  Writer& Double(double value);
  Writer& Number(std::string_view lexeme);  // must satisfy IsNumber
  Writer& Bool(bool value);
  Writer& Null();
  Writer& Raw(std::string_view json);  // a complete JSON value, written as it is
  Writer& Copy(const Value& value);    // a whole tree

  std::string_view text() const { return out_; }
  std::string Take() && { return std::move(out_); }

 private:
  struct Level {
    bool object;
    bool empty;
  };

  void BeforeValue();
  void NewLine();
  Writer& Open(char bracket);
  Writer& Close(char bracket);

  Layout layout_;
  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

// Appends `text` to `out` as a JSON string with its quotes.
void AppendQuoted(std::string& out, std::string_view text);

}  // namespace wardkeep::json
