// Every pattern of the models: the compiled table must agree with Python's re on the samples of
// pattern_samples.py.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "api/operation.h"
#include "api/pattern.h"
#include "base/hex.h"

namespace wardkeep::api {
namespace {

void Collect(const Shape& shape, std::map<std::string, const Pattern*>& found, std::set<const Shape*>& seen) {
  if (!seen.insert(&shape).second) return;
  if (shape.constraint != nullptr && shape.constraint->pattern != nullptr) {
    found[std::string(shape.name)] = shape.constraint->pattern;
  }
  for (const Member& member : shape.members) Collect(*member.shape, found, seen);
  if (shape.element != nullptr) Collect(*shape.element, found, seen);
}

std::map<std::string, const Pattern*> PatternsOf(std::string_view service) {
  std::map<std::string, const Pattern*> found;
  std::set<const Shape*> seen;
  for (const Operation& operation : Operations(*FindService(service))) {
    Collect(*operation.input, found, seen);
    Collect(*operation.output, found, seen);
  }
  return found;
}

TEST(Patterns, AgreeWithPythonOnEverySample) {
  std::map<std::string, std::map<std::string, const Pattern*>> patterns = {{"iam", PatternsOf("iam")},
                                                                           {"sts", PatternsOf("sts")}};
  std::ifstream in(WARDKEEP_PATTERN_SAMPLES);
  std::set<std::string> checked;
  size_t differences = 0;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    std::string service, shape, good, hex;
    std::getline(fields, service, '\t');
    std::getline(fields, shape, '\t');
    std::getline(fields, good, '\t');
    std::getline(fields, hex, '\t');
    const auto bytes = base::HexDecode(hex);
    ASSERT_TRUE(bytes.has_value()) << line;
    const auto pattern = patterns[service].find(shape);
    if (pattern == patterns[service].end()) continue;  // used by error shapes only
    const std::string text(bytes->begin(), bytes->end());
    if (Matches(*pattern->second, text) != (good == "1") && ++differences < 10) ADD_FAILURE() << line;
    checked.insert(service + ":" + shape);
  }
  EXPECT_EQ(differences, 0u);
  EXPECT_EQ(checked.size(), patterns["iam"].size() + patterns["sts"].size());
  EXPECT_GT(checked.size(), 60u);
}

TEST(Patterns, AccountAliasRefusesTwoHyphensInARow) {
  const Pattern& alias = *PatternsOf("iam").at("accountAliasType");
  for (const char* good : {"abc", "a-c", "a-b-c", "123"}) EXPECT_TRUE(Matches(alias, good)) << good;
  for (const char* bad : {"ab", "-ab", "ab-", "a--b", "Abc", "a_b", ""})
    EXPECT_FALSE(Matches(alias, bad)) << bad;
  EXPECT_TRUE(Matches(alias, std::string(63, 'a')));
  EXPECT_FALSE(Matches(alias, std::string(64, 'a')));
}

TEST(Patterns, BrokenUtf8MatchesOnlyWhereTheReplacementCharacterWould) {
  const Pattern& name = *PatternsOf("iam").at("userNameType");
  EXPECT_FALSE(Matches(name, "a\xFF"));
  EXPECT_FALSE(Matches(name, "a\xC3"));
  EXPECT_FALSE(Matches(name, "a\xED\xA0\x80"));
}

}  // namespace
}  // namespace wardkeep::api
