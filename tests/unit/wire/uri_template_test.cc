#include "wire/uri_template.h"

#include <gtest/gtest.h>

namespace wardkeep::wire {
namespace {

TEST(UriTemplate, MatchesPathsByTheirSegments) {
  const struct {
    std::string_view uri_template;
    std::string_view path;
    std::string_view labels;  // "name=text name=text", or "-" for no match
  } rows[] = {
      {"/", "/", ""},
      {"/analyzer", "/analyzer", ""},
      {"/analyzer", "/analyzer/", ""},
      {"/analyzer", "/analyzers", "-"},
      {"/analyzer/{name}", "/analyzer/a", "name=a"},
      {"/analyzer/{name}", "/analyzer/", "-"},
      {"/analyzer/{name}", "/analyzer/a/b", "-"},
      {"/tags/{arn}", "/tags/arn%3Aaws%3Ax%2Fy", "arn=arn:aws:x/y"},
      {"/tags/{arn}", "/tags/%zz", "-"},
      {"/a/{b}/c/{d}", "/a/1/c/2", "b=1 d=2"},
      {"/a/{b+}/z", "/a/1/2/3/z", "b=1/2/3"},
      {"/a/{b+}/z", "/a/z", "-"},
      {"/a/{b+}", "/a/1%2F2/3", "b=1/2/3"},
      {"/a/{b}", "/a/x+y", "b=x+y"},
  };
  for (const auto& row : rows) {
    const auto labels = MatchUri(row.uri_template, row.path, FormParameters{});
    std::string text = labels.has_value() ? "" : "-";
    if (labels.has_value()) {
      for (const auto& [name, value] : *labels) text += (text.empty() ? "" : " ") + name + "=" + value;
    }
    EXPECT_EQ(text, row.labels) << row.uri_template << " " << row.path;
  }
}

TEST(UriTemplate, LiteralQueryPartsMustBeThere) {
  const FormParameters with{{{"aws_iam", "t"}, {"x", "1"}}};
  const FormParameters without{{{"x", "1"}}};
  EXPECT_TRUE(MatchUri("/token?aws_iam=t", "/token", with).has_value());
  EXPECT_FALSE(MatchUri("/token?aws_iam=t", "/token", without).has_value());
  EXPECT_FALSE(MatchUri("/token?aws_iam=f", "/token", with).has_value());
  EXPECT_TRUE(MatchUri("/token?x", "/token", with).has_value());
}

}  // namespace
}  // namespace wardkeep::wire
