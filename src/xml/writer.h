// Writes the XML of AWS Query responses: elements and text, two spaces a level, a line feed after every tag
// line.
//
//   Writer out;
//   out.Open("Response", "https://example.com/").Element("Name", "a<b").Close();
//   std::string text = std::move(out).Take();
//     <Response xmlns="https://example.com/">
//       <Name>a&lt;b</Name>
//     </Response>
//
// Text is expected to be UTF-8; what XML 1.0 cannot carry (control characters, broken UTF-8) becomes U+FFFD,
// so the output is always well formed. Names are not checked: they come from tables. Opens must be closed
// (checked in debug builds). Not thread-safe. Escapes: wire-protocols.md section 2.2.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::xml {

// Appends `text` with & < > " and CR escaped.
void AppendEscaped(std::string& out, std::string_view text);

class Writer {
 public:
  // <name> or <name xmlns="...">.
  Writer& Open(std::string_view name, std::string_view xmlns = {});
  // Adds an attribute to the element opened last; only before its first child.
  Writer& Attribute(std::string_view name, std::string_view value);
  Writer& Close();
  // <name>text</name>
  Writer& Element(std::string_view name, std::string_view text);
  // Text of the element opened last, which then has no child elements.
  Writer& Text(std::string_view text);

  std::string_view text() const { return out_; }
  std::string Take() && { return std::move(out_); }

 private:
  struct Level {
    std::string name;
    bool has_children = false;
    bool has_text = false;
  };

  void Indent();
  void FinishStartTag();

  std::string out_;
  std::vector<Level> levels_;
  bool start_tag_open_ = false;
};

}  // namespace wardkeep::xml
