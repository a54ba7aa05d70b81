#include "xml/writer.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

namespace wardkeep::xml {
namespace {

TEST(XmlWriter, IndentsByTwoAndEndsWithALineFeed) {
  Writer out;
  out.Open("A", "https://example.com/")
      .Element("B", "x")
      .Open("C")
      .Close()
      .Open("D")
      .Element("E", "")
      .Close()
      .Close();
  EXPECT_EQ(out.text(),
            "<A xmlns=\"https://example.com/\">\n"
            "  <B>x</B>\n"
            "  <C/>\n"
            "  <D>\n"
            "    <E></E>\n"
            "  </D>\n"
            "</A>\n");
}

TEST(XmlWriter, EscapesWhatXmlReserves) {
  std::string out;
  AppendEscaped(out, "a<b>&\"c\"\r\n\t'");
  EXPECT_EQ(out, "a&lt;b&gt;&amp;&quot;c&quot;&#xD;\n\t'");
}

TEST(XmlWriter, ReplacesWhatXmlCannotCarry) {
  const std::string replacement = "\xEF\xBF\xBD";
  const struct {
    std::string text;
    std::string written;
  } rows[] = {
      {std::string("a\0b", 3), "a" + replacement + "b"},
      {"\x1F", replacement},
      {"\x7F", "\x7F"},
      {"\xFF", replacement},
      {"\xC3\xA9", "\xC3\xA9"},
      {"\xC3", replacement},
      {"\xC0\xAF", replacement + replacement},
      {"\xED\xA0\x80", replacement + replacement + replacement},
      {"\xEF\xBF\xBE", replacement + replacement + replacement},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
      {"\xF4\x90\x80\x80", replacement + replacement + replacement + replacement},
  };
  for (const auto& row : rows) {
    std::string out;
    AppendEscaped(out, row.text);
    EXPECT_EQ(out, row.written);
  }
}

TEST(XmlWriter, EveryByteReadsBackWellFormed) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  Writer out;
  out.Open("R").Attribute("a", all).Element("T", all).Close();
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(std::string(out.text()).c_str()));
  const std::string text = document.child("R").child_value("T");
  EXPECT_NE(text.find("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos);
  EXPECT_NE(text.find('\r'), std::string::npos);  // kept, because it travels as &#xD;
}

}  // namespace
}  // namespace wardkeep::xml
