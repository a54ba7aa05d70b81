#include "json/parse.h"

#include <gtest/gtest.h>

#include <string>

#include "json/number.h"

namespace wardkeep::json {
namespace {

Value MustParse(std::string_view text, const ParseLimits& limits = {}) {
  auto result = Parse(text, limits);
  EXPECT_TRUE(result.has_value()) << text << ": " << (result ? "" : result.error().message);
  return result ? *std::move(result) : Value();
}

ParseError MustFail(std::string_view text, const ParseLimits& limits = {}) {
  auto result = Parse(text, limits);
  EXPECT_FALSE(result.has_value()) << text;
  return result ? ParseError{} : result.error();
}

std::string_view Slice(std::string_view text, Span span) {
  return text.substr(span.start, span.end - span.start);
}

TEST(JsonParse, KeepsKindsTextAndOrder) {
  const Value root =
      MustParse(R"({"s":"a\u00e9\n","n":-1.50e+3,"t":true,"f":false,"z":null,"l":[1,"2",[]],"o":{}})");
  EXPECT_EQ(*root.Find("s")->AsString(), "a\xC3\xA9\n");
  EXPECT_EQ(root.Find("n")->number_text(), "-1.50e+3");
  EXPECT_EQ(root.Find("n")->AsDouble(), -1500.0);
  EXPECT_EQ(root.Find("n")->AsInt64(), std::nullopt);
  EXPECT_EQ(root.Find("t")->AsBool(), true);
  EXPECT_EQ(root.Find("f")->AsBool(), false);
  EXPECT_TRUE(root.Find("z")->is_null());
  EXPECT_EQ(root.Find("l")->elements().size(), 3U);
  EXPECT_EQ(root.Find("l")->elements()[0].AsInt64(), 1);
  EXPECT_TRUE(root.Find("o")->is_object());
  EXPECT_EQ(root.Find("absent"), nullptr);
  std::string order;
  for (const Member& member : root.members()) order += member.key;
  EXPECT_EQ(order, "sntfzlo");
}

TEST(JsonParse, AccessorsOfAnotherKindGiveNothing) {
  const Value number = MustParse("7");
  EXPECT_EQ(number.AsString(), nullptr);
  EXPECT_EQ(number.AsBool(), std::nullopt);
  EXPECT_TRUE(number.elements().empty());
  EXPECT_TRUE(number.members().empty());
  EXPECT_EQ(number.Find("x"), nullptr);
  EXPECT_EQ(MustParse("\"x\"").number_text(), "");
  EXPECT_EQ(MustParse("\"x\"").AsInt64(), std::nullopt);
}

TEST(JsonParse, NumbersOfAnySizeKeepTheirText) {
  const std::string digits(400, '9');
  EXPECT_EQ(MustParse(digits).number_text(), digits);
  EXPECT_EQ(MustParse(digits).AsInt64(), std::nullopt);
  EXPECT_EQ(MustParse(digits).AsDouble(), std::nullopt);
  EXPECT_EQ(MustParse(" [9223372036854775807 ] ").elements()[0].AsInt64(), INT64_MAX);
  EXPECT_EQ(MustParse("-9223372036854775808").AsInt64(), INT64_MIN);
}

TEST(JsonParse, SpansCoverExactlyTheValue) {
  const std::string text = " { \"a\" : [ 1 , { \"b\\\"\" : \"x\" } ] ,\n \"c\" :12 } \n";
  const Value root = MustParse(text);
  EXPECT_EQ(Slice(text, root.span()), text.substr(1, text.size() - 3));
  const Member& a = root.members()[0];
  EXPECT_EQ(Slice(text, a.key_span), "\"a\"");
  EXPECT_EQ(Slice(text, a.value.span()), "[ 1 , { \"b\\\"\" : \"x\" } ]");
  const Value& inner = a.value.elements()[1];
  EXPECT_EQ(Slice(text, inner.span()), "{ \"b\\\"\" : \"x\" }");
  EXPECT_EQ(Slice(text, inner.members()[0].key_span), "\"b\\\"\"");
  EXPECT_EQ(Slice(text, inner.members()[0].value.span()), "\"x\"");
  EXPECT_EQ(Slice(text, root.Find("c")->span()), "12");
  EXPECT_EQ(LineIndex(text).At(root.Find("c")->span().start), (LineColumn{2, 7}));
}

TEST(JsonParse, EmptyContainersHaveSpans) {
  const std::string text = "[ [ ] ,{ } ,[[ ]]]";
  const Value root = MustParse(text);
  EXPECT_EQ(Slice(text, root.span()), text);
  EXPECT_EQ(Slice(text, root.elements()[0].span()), "[ ]");
  EXPECT_EQ(Slice(text, root.elements()[1].span()), "{ }");
  EXPECT_EQ(Slice(text, root.elements()[2].span()), "[[ ]]");
}

TEST(JsonParse, RootScalarsAreValues) {
  EXPECT_EQ(*MustParse(" \"a b\" ").AsString(), "a b");
  EXPECT_EQ(MustParse("true").AsBool(), true);
  EXPECT_TRUE(MustParse("\tnull\n").is_null());
  EXPECT_EQ(MustParse("0").number_text(), "0");
}

struct BadText {
  std::string_view text;
  ParseErrorCode code;
};

TEST(JsonParse, RefusesWhatIsNotOneJsonValue) {
  constexpr auto kSyntax = ParseErrorCode::kSyntax;
  const BadText cases[] = {
      {"", kSyntax},
      {" ", kSyntax},
      {"{", kSyntax},
      {"[", kSyntax},
      {"]", kSyntax},
      {"[1,]", kSyntax},
      {"{\"a\":1,}", kSyntax},
      {"{\"a\"}", kSyntax},
      {"{a:1}", kSyntax},
      {"{'a':1}", kSyntax},
      {"[01]", kSyntax},
      {"[+1]", kSyntax},
      {"[.5]", kSyntax},
      {"[1.]", kSyntax},
      {"[NaN]", kSyntax},
      {"[truex]", kSyntax},
      {"[nul]", kSyntax},
      {"[\"\\x\"]", kSyntax},
      {"[\"\\u12\"]", kSyntax},
      {"[\"a\nb\"]", kSyntax},
      {"[1 2]", kSyntax},
      {"[\"a\" \"b\"]", kSyntax},
      {"/**/1", kSyntax},
      {"[\"\\ud800\"]", kSyntax},
      {"\"a", kSyntax},
      {"[\"a]", kSyntax},
      {"[1}", kSyntax},
      {"{\"a\":1]", kSyntax},
      {"{\"a\":1 \"b\":2}", kSyntax},
      {"[\"\\", kSyntax},
      {"\"\\", kSyntax},
  };
  for (const BadText& c : cases) EXPECT_EQ(MustFail(c.text).code, c.code) << c.text;
}

TEST(JsonParse, RefusesTextAfterTheValue) {
  for (const std::string_view text :
       {"{} x", "{}{}", "[]]", "1 2", "\"a\" 1", "true,", "{}}", "[1],[2]", "null x"}) {
    const ParseErrorCode code = MustFail(text).code;
    EXPECT_TRUE(code == ParseErrorCode::kTrailingText || code == ParseErrorCode::kSyntax) << text;
  }
  EXPECT_EQ(MustFail("[]]").code, ParseErrorCode::kTrailingText);
}

TEST(JsonParse, RefusesBadUtf8) {
  for (const std::string_view bytes :
       {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    EXPECT_EQ(MustFail("[\"" + std::string(bytes) + "\"]").code, ParseErrorCode::kInvalidUtf8);
  }
  EXPECT_EQ(*MustParse("\"\xE2\x82\xAC\xF0\x9F\x98\x80\"").AsString(), "\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(JsonParse, RefusesRepeatedMembersUnlessAsked) {
  const std::string_view text = "{\"b\":1,\n\"a\":{\"x\":1,\"y\":2,\"\\u0078\":3}}";
  const ParseError error = MustFail(text);
  EXPECT_EQ(error.code, ParseErrorCode::kDuplicateMember);
  EXPECT_EQ(error.message, "member `x` is given twice in one object");
  EXPECT_EQ(error.position, (LineColumn{2, 18}));
  ParseLimits keep;
  keep.duplicates = Duplicates::kKeep;
  const Value root = MustParse(text, keep);
  EXPECT_EQ(root.Find("a")->members().size(), 3U);
  EXPECT_EQ(root.Find("a")->Find("x")->AsInt64(), 3);
}

TEST(JsonParse, BoundsDepthSizeAndCount) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(Parse(nested(64)).has_value());
  EXPECT_EQ(MustFail(nested(65)).code, ParseErrorCode::kTooDeep);
  EXPECT_EQ(MustFail(nested(1'000'000)).code, ParseErrorCode::kTooDeep);
  EXPECT_EQ(MustFail(std::string(1'000'000, '[')).code, ParseErrorCode::kSyntax);
  ParseLimits small;
  small.max_bytes = 4;
  EXPECT_TRUE(Parse("[10]", small).has_value());
  EXPECT_EQ(MustFail("[100]", small).code, ParseErrorCode::kTooLarge);
  ParseLimits few;
  few.max_values = 3;
  EXPECT_TRUE(Parse("[1,2,3]", few).has_value());
  EXPECT_EQ(MustFail("[1,2,3,4]", few).code, ParseErrorCode::kTooLarge);
}

TEST(JsonNumber, FollowsTheGrammar) {
  for (const std::string_view good : {"0", "-0", "1", "10", "-1.5", "1e3", "1E+3", "0.5e-7"})
    EXPECT_TRUE(IsNumber(good));
  for (const std::string_view bad :
       {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "NaN", "1 ", "0x1", "1.e1"}) {
    EXPECT_FALSE(IsNumber(bad)) << bad;
  }
}

}  // namespace
}  // namespace wardkeep::json
