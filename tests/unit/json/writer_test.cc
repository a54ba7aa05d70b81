#include "json/writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "json/parse.h"

namespace wardkeep::json {
namespace {

TEST(JsonWriter, WritesCompactText) {
  Writer out;
  out.BeginObject().Key("a").Int(-7).Key("b").BeginArray().String("x").Bool(true).Null().EndArray();
  out.Key("c").BeginObject().EndObject().Key("d").BeginArray().EndArray().Key("e").Number("1.50").EndObject();
  EXPECT_EQ(out.text(), R"({"a":-7,"b":["x",true,null],"c":{},"d":[],"e":1.50})");
}

TEST(JsonWriter, IndentsByTwo) {
  Writer out(Layout::kIndented);
  out.BeginObject()
      .Key("a")
      .BeginArray()
      .Int(1)
      .Int(2)
      .EndArray()
      .Key("b")
      .BeginObject()
      .EndObject()
      .EndObject();
  EXPECT_EQ(out.text(), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}

TEST(JsonWriter, EscapesWhatMustBeEscaped) {
  std::string out;
  AppendQuoted(out, std::string_view("\"\\\b\f\n\r\t\x01\x7F/\xC3\xA9\0z", 14));
  EXPECT_EQ(out, "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7F/\xC3\xA9\\u0000z\"");
}

TEST(JsonWriter, ReplacesBytesThatAreNotUtf8) {
  for (const std::string_view bad :
       {"\xFF", "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\x80", "\xE0\x80\x80"}) {
    std::string out;
    AppendQuoted(out, bad);
    EXPECT_TRUE(Parse(out).has_value()) << out;
    EXPECT_NE(out.find("\xEF\xBF\xBD"), std::string::npos);
  }
}

TEST(JsonWriter, DoublesReadBackAndNonFiniteOnesAreStrings) {
  Writer out;
  out.BeginArray().Double(0.1).Double(1e300).Double(std::numeric_limits<double>::quiet_NaN());
  out.Double(std::numeric_limits<double>::infinity())
      .Double(-std::numeric_limits<double>::infinity())
      .EndArray();
  EXPECT_EQ(out.text(), R"([0.1,1e+300,"NaN","Infinity","-Infinity"])");
}

TEST(JsonWriter, IntegersReachTheirLimits) {
  Writer out;
  out.BeginArray().Int(INT64_MIN).Int(INT64_MAX).Unsigned(UINT64_MAX).EndArray();
  EXPECT_EQ(out.text(), "[-9223372036854775808,9223372036854775807,18446744073709551615]");
}

TEST(JsonWriter, CopiesATreeUnchanged) {
  constexpr std::string_view kText = R"({"a":[1.50,{"b":null},"\u0001"],"c":false,"d":{}})";
  const auto root = Parse(kText);
  ASSERT_TRUE(root.has_value());
  Writer out;
  out.Copy(*root);
  EXPECT_EQ(out.text(), kText);
}

}  // namespace
}  // namespace wardkeep::json
