// Where statements stand: in lists and alone, over lines and in one line, behind characters of several bytes.
#include "service/iam/statement_positions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

std::string Shown(const StatementPositions& at) {
  const auto show = [](policy::Position position) {
    return std::to_string(position.line) + ":" + std::to_string(position.column);
  };
  return show(at.start) + "-" + show(at.end);
}

std::vector<std::string> PositionsOf(const std::string& text) {
  const policy::ParseOutcome parsed = policy::ParseDocument(text, policy::DocumentKind::kIdentity);
  if (parsed.document == nullptr) return {parsed.error->message};
  std::vector<std::string> shown;
  for (const StatementPositions& at : FindStatementPositions(text, *policy::Compile(*parsed.document))) {
    shown.push_back(Shown(at));
  }
  return shown;
}

// `beginning` lacks the end of the document: the version, which moves no statement there.
std::vector<std::string> PositionsIn(const std::string& beginning) {
  return PositionsOf(beginning + R"(,"Version":"2012-10-17"})");
}

using Texts = std::vector<std::string>;
constexpr std::string_view kStatement = R"({"Effect":"Allow","Action":"*","Resource":"*"})";  // 46 characters

TEST(StatementPositions, AStatementAloneBeginsBehindItsBrace) {
  EXPECT_EQ(PositionsOf(R"({"Version":"2012-10-17","Statement":)" + std::string(kStatement) + "}"),
            Texts({"1:38-1:83"}));
}

TEST(StatementPositions, AStatementOfAListBeginsBehindWhatIsBeforeIt) {
  const std::string one(kStatement);
  EXPECT_EQ(PositionsIn("{\"Statement\":[" + one + "," + one + "]"), Texts({"1:15-1:61", "1:61-1:108"}));
  EXPECT_EQ(PositionsIn("{\n\"Statement\": [\n" + one + ",\n " + one + ", " + one + "]"),
            Texts({"2:15-3:47", "3:47-4:48", "4:48-4:96"}));
}

TEST(StatementPositions, ColumnsAreCharacters) {
  const std::string wide =
      "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::\xC3\xA9\xE2\x82\xAC\"}";
  EXPECT_EQ(PositionsIn("{\"Statement\":[" + wide + "," + wide + "]"), Texts({"1:15-1:75", "1:75-1:136"}));
}

// As many as fit into the longest document that the simulators take.
TEST(StatementPositions, ThousandsOfStatementsStandInOneLine) {
  std::string text = "{\"Statement\":[" + std::string(kStatement);
  for (int i = 1; i < 2700; ++i) text += "," + std::string(kStatement);
  const std::vector<std::string> shown = PositionsIn(text + "]");
  ASSERT_EQ(shown.size(), 2700U);
  EXPECT_EQ(shown.back(), "1:126867-1:126914");
}

}  // namespace
}  // namespace wardkeep::service::iam
