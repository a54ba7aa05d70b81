#include "json/path.h"

#include <gtest/gtest.h>

#include <string>

#include "json/parse.h"

namespace wardkeep::json {
namespace {

struct Case {
  const char* text;
  char marked;  // the path to the first such byte
  const char* path;
};

TEST(PathTo, NamesTheInnermostMemberOrElement) {
  const Case cases[] = {
      {R"({"a":{"b":[1,{"c":"X"}]}})", 'X', "a.b[1].c"},
      {R"({"a":{"b":[1,{"Xc":1}]}})", 'X', "a.b[1].Xc"},
      {R"({"Condition":{"aws:SourceIp":"X"}})", 'X', R"(Condition["aws:SourceIp"])"},
      {R"({"":"X"})", 'X', R"([""])"},
      {R"(["a",["X"]])", 'X', "[1][0]"},
      {R"({"a":1 , "b":2})", ',', ""},
      {R"({"a" :1})", ':', "a"},
      {R"({"a":1}  )", '}', ""},
      {R"("X")", 'X', ""},
  };
  for (const Case& one : cases) {
    const auto root = Parse(one.text);
    ASSERT_TRUE(root) << one.text;
    const std::string text(one.text);
    EXPECT_EQ(PathTo(*root, static_cast<uint32_t>(text.find(one.marked))), one.path) << one.text;
  }
}

TEST(PathTo, OfAPlaceOutsideIsEmpty) {
  const auto root = Parse(R"({"a":1})");
  ASSERT_TRUE(root);
  EXPECT_EQ(PathTo(*root, 1000), "");
}

}  // namespace
}  // namespace wardkeep::json
