// What is refused before a parser builds a tree, one step inside and outside of each bound.
#include "xml/markup_bounds.h"

#include <gtest/gtest.h>

#include <string>

#include "processor_time.h"

namespace wardkeep::xml {
namespace {

std::string Repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string Numbered(std::string_view before, std::string_view after, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all.append(before).append(std::to_string(i)).append(after);
  return all;
}

TEST(MarkupBounds, EachBoundHoldsWhereItIs) {
  const auto attributes = [](std::size_t count) { return "<a" + Numbered(" b", "='1'", count) + "/>"; };
  EXPECT_TRUE(IsWithinBounds(attributes(64)));
  EXPECT_FALSE(IsWithinBounds(attributes(65)));
  const auto deep = [](std::size_t depth) { return Repeat("<a>", depth) + Repeat("</a>", depth); };
  EXPECT_TRUE(IsWithinBounds(deep(64)));
  EXPECT_FALSE(IsWithinBounds(deep(65)));
  const auto pieces = [](std::size_t count) { return "<a>" + Repeat("<b/>", count - 2) + "</a>"; };
  EXPECT_TRUE(IsWithinBounds(pieces(20'000)));
  EXPECT_FALSE(IsWithinBounds(pieces(20'001)));
  const auto scope = [](std::size_t count) {
    return "<a" + Numbered(" xmlns:x", "='u'", count / 2) + "><b" +
           Numbered(" xmlns:y", "='u'", count - count / 2) + "></b></a>";
  };
  EXPECT_TRUE(IsWithinBounds(scope(64)));
  EXPECT_FALSE(IsWithinBounds(scope(65)));
  EXPECT_TRUE(IsWithinBounds("<" + std::string(256, 'a') + "/>"));
  EXPECT_FALSE(IsWithinBounds("<" + std::string(257, 'a') + "/>"));
}

TEST(MarkupBounds, EveryKindOfMarkupCounts) {
  for (const char* piece : {"<!---->", "<?p?>", "<![CDATA[]]>", "<b></b>"}) {
    EXPECT_FALSE(IsWithinBounds("<a>" + Repeat(piece, 20'000) + "</a>")) << piece;
  }
}

TEST(MarkupBounds, MarkupInTextThatIsNoneDoesNotCount) {
  EXPECT_TRUE(IsWithinBounds("<a><!-- " + Repeat("<b> ", 30'000) + "--></a>"));
  EXPECT_TRUE(IsWithinBounds("<a><![CDATA[" + Repeat("<b c='1' ", 30'000) + "]]></a>"));
  EXPECT_TRUE(IsWithinBounds("<?xml version='1.0'?>\n<a b='>' c=\"'\"> &lt; = ' \" </a >\n"));
}

TEST(MarkupBounds, WhatIsNoMarkupIsRefused) {
  for (const char* text : {"<", "<a", "<a>", "</a>", "<a></a></a>", "<a b></a>", "<a b=c/>",
                           "<a b='1'c='2'/>", "<a b='<'/>", "<a b='1/>", "< a/>", "<a/ >", "<!DOCTYPE a><a/>",
                           "<!-- <a/>", "<?a", "<![CDATA[<a/>", "<a ='1'/>", "<a b==''/>", "<a &='1'/>"}) {
    EXPECT_FALSE(IsWithinBounds(text)) << text;
  }
}

// Four times the bytes cost about four times as much, whatever they are made of.
TEST(MarkupBounds, TheTimeIsLinear) {
  for (const char* piece :
       {" b='1'", "<b>", "<!-- ", "<", "x", "'", " ", "&#65;", "<b a='", "<![CDATA[", " xmlns:a='u'"}) {
    const auto cost = [&](std::size_t bytes) {
      const std::string text = "<a" + Repeat(piece, bytes / std::string_view(piece).size());
      const ProcessorTime time;
      IsWithinBounds(
          text, {.pieces = bytes, .depth = bytes, .attributes_of_one = bytes, .name_spaces_in_scope = bytes});
      return time.Seconds();
    };
    cost(100'000);
    EXPECT_LT(cost(4'000'000), 16 * cost(1'000'000) + 0.005) << piece;
  }
}

}  // namespace
}  // namespace wardkeep::xml
