#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "policy/match/action_pattern.h"
#include "policy/match/arn_pattern.h"
#include "policy/match/glob.h"
#include "policy/match/letter_case.h"
#include "policy/match/pattern.h"
#include "policy/match/resource_pattern.h"
#include "processor_time.h"

namespace wardkeep::policy {
namespace {

bool Glob(std::string_view pattern, std::string_view text) {
  Arena arena(256);
  return MatchesGlob(MakePattern(pattern, {.wildcards = true, .variables = false}, arena).pieces, text);
}

// Obvious, slow: the set of positions that can be reached after each character of the pattern.
bool SlowGlob(std::string_view pattern, std::string_view text) {
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (char p : pattern) {
    std::vector<bool> next(text.size() + 1, false);
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (p == '*') {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      } else if (i > 0 && reached[i - 1]) {
        next[i] = p == '?' || p == text[i - 1];
      }
    }
    reached = next;
  }
  return reached[text.size()];
}

struct GlobCase {
  const char* pattern;
  const char* text;
  bool matches;
};
constexpr GlobCase kGlobCases[] = {
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "a/b:c", true},
    {"?", "", false},
    {"?", "a", true},
    {"?", "ab", false},
    {"a", "a", true},
    {"a", "A", false},
    {"a*", "a", true},
    {"a*", "ba", false},
    {"*a", "ba", true},
    {"*a", "ab", false},
    {"a*a", "a", false},
    {"a*a", "aa", true},
    {"a*b*c", "a--b--b--c", true},
    {"a*b*c", "a--c--b", false},
    {"*ab*", "xxaabxx", true},
    {"a**b", "ab", true},
    {"a*?", "a", false},
    {"a?*", "ab", true},
    {"a?*c", "axxc", true},
    {"*?b*", "b", false},
    {"*?b*", "bb", true},
    {"*a?c*d?f", "xxabc-abc-dxf", true},
    {"*a?c*d?f", "xxabc-abc-dxg", false},
    {"?", "\U00010400", false},  // a character beyond U+FFFF is two units
    {"??", "\U00010400", true},
    {"???", "\U00010400", false},
    {"\U00010400", "\U00010400", true},
    {"?\U00010400", "a\U00010400", true},
    {"?\U00010400", "a\U00010401", false},
    {"a?b", "a\U00010400b", false},
    {"a??b", "a\U00010400b", true},
    {"*?b*", "\U00010400b", true},
    {"*a???b", "aa\u20AC\U0010FFFFb", true},
    {"?*", "\U00010400", true},
    {"?", "\uFFFF", true},
    {"[ab]", "a", false},
    {"[ab]", "[ab]", true},
    {"\\*", "\\abc", true},
    {".*", "abc", false},
    {"*/test/*", "1/2/test/3", true},
    {"*\n*", "a\nb", true},
    // A character, not a byte.
    {"?", "\xC3\xA9", true},
    {"??", "\xC3\xA9", false},
    {"*??", "\xC3\xA9", false},
    {"*??", "x\xC3\xA9", true},
    {"a?b*\u00E9?", "a\u20ACbzz\u00E9\U0001F600", false},
    {"a?b*\u00E9??", "a\u20ACbzz\u00E9\U0001F600", true},
    {"*?\xC3\xA9*x", "\xC3\xA9\xC3\xA9--x", true},
    {"?*", "\xFF", true},
    {"?", "\x80", true},
};

TEST(Glob, FollowsTheTable) {
  for (const GlobCase& row : kGlobCases) {
    EXPECT_EQ(Glob(row.pattern, row.text), row.matches) << row.pattern << " on " << row.text;
  }
}

TEST(Glob, AgreesWithTheSlowMatcher) {
  std::mt19937 random(20260301);
  const auto text_of = [&](std::string_view alphabet, std::size_t most) {
    std::string text;
    for (std::size_t i = random() % (most + 1); i > 0; --i) text += alphabet[random() % alphabet.size()];
    return text;
  };
  int matches = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string pattern = text_of("aab?*", 9);
    const std::string text = text_of("aab", i % 50 == 0 ? 200 : 12);
    const bool expected = SlowGlob(pattern, text);
    matches += expected ? 1 : 0;
    ASSERT_EQ(Glob(pattern, text), expected) << pattern << " on " << text;
    // The same through the matcher of characters: every letter becomes one of two bytes.
    std::string wide;
    for (char c : text) wide += c == 'a' ? "\xC3\xA9" : "b";
    std::string wide_pattern;
    for (char c : pattern) wide_pattern += c == 'a' ? std::string("\xC3\xA9") : std::string(1, c);
    ASSERT_EQ(Glob(wide_pattern, wide), expected) << pattern << " on " << text;
  }
  EXPECT_GT(matches, 1'500);
}

std::string Repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// Long keys and chunks take other ways than short ones. Half of the patterns are cut out of the key, so that
// they match but for a change.
TEST(Glob, LongPatternsAgreeWithTheSlowMatcher) {
  std::mt19937 random(7);
  const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
  int matches = 0;
  for (int round = 0; round < 250; ++round) {
    const std::size_t period = 1 + below(90);
    std::string key;
    for (std::size_t i = 0; i < period; ++i) key += below(period > 20 ? 6 : 2) == 0 ? 'b' : 'a';
    key = Repeat(key, (600 + below(1200)) / period + 1);
    std::string pattern;
    for (std::size_t at = below(40); at < key.size() && pattern.size() < 500;) {
      const std::size_t size = std::min(key.size() - at, 1 + below(150));
      pattern += '*' + key.substr(at, size);
      for (std::size_t marks = below(2) == 0 ? below(8) : 0; marks > 0; --marks) {
        pattern[pattern.size() - 1 - below(size)] = '?';
      }
      at += size + below(100);
    }
    if (below(3) != 0) pattern += '*';
    if (below(2) == 0) pattern[below(pattern.size())] = below(2) == 0 ? 'b' : 'a';
    const bool expected = SlowGlob(pattern, key);
    ASSERT_EQ(Glob(pattern, key), expected) << pattern << "\n" << key;
    matches += expected ? 1 : 0;
  }
  EXPECT_GT(matches, 40);
  EXPECT_LT(matches, 210);
}

TEST(Glob, TextsOfAPatternMayBeEmpty) {
  // As the values of variables may be.
  const Piece run{Piece::Kind::kRun, 0, {}, nullptr};
  const Piece one{Piece::Kind::kOne, 1, {}, nullptr};
  const Piece empty{Piece::Kind::kText, 0, {}, nullptr};
  const Piece text{Piece::Kind::kText, 0, "b", nullptr};
  EXPECT_TRUE(MatchesGlob(std::array{run, empty, run}, "ab"));
  EXPECT_TRUE(MatchesGlob(std::array{run, empty, one, empty, run}, "ab"));
  EXPECT_FALSE(MatchesGlob(std::array{run, empty, one, empty, run}, ""));
  EXPECT_TRUE(MatchesGlob(std::array{run, empty, one, empty, text, empty, run}, "aabc"));
  EXPECT_FALSE(MatchesGlob(std::array{run, empty, one, empty, text, empty, run}, "bac"));
}

// None of these may take more than a small multiple of the others; a backtracking matcher would not end.
TEST(Glob, HostilePatternsEndSoon) {
  const std::string key(8192, 'a');
  const std::string accented = "\xC3\xA9" + key;
  const std::string patterns[] = {
      Repeat("*a", 3000) + "*b",
      Repeat("*a*", 2000) + "b",
      Repeat("a?", 3000) + "*b",
      "*" + Repeat("a?", 2900) + "ab*",
      "*" + std::string(4000, 'a') + "b*",
      "*" + Repeat("?", 6000) + "b",
      "*" + Repeat("a?", 1500) + "b*" + Repeat("?a", 1000) + "*",
  };
  const ProcessorTime took;
  for (const std::string& pattern : patterns) {
    EXPECT_FALSE(Glob(pattern, key)) << pattern.substr(0, 20);
    EXPECT_FALSE(Glob(pattern, accented)) << pattern.substr(0, 20);
  }
  EXPECT_LT(took.Seconds(), 10);
}

TEST(EqualsInLowerCase, ComparesFullLowerCase) {
  const auto equal = [](std::string_view a, std::string_view b) {
    Arena arena(64);
    return EqualsInLowerCase(MakePattern(a, {.wildcards = false, .variables = false}, arena).pieces, b);
  };
  EXPECT_TRUE(equal("Blue", "bLUE"));
  EXPECT_TRUE(equal("", ""));
  EXPECT_FALSE(equal("blue", "blue "));
  EXPECT_TRUE(equal("\xC3\x89t\xC3\xA9", "\xC3\xA9T\xC3\x89"));
  EXPECT_FALSE(equal("\xC3\x97", "\xC3\xB7")) << "multiplication and division sign are no letters";
  EXPECT_FALSE(equal("\xC3\x9F", "ss")) << "no full folding";
  EXPECT_TRUE(equal("\u00DF", "\u1E9E"));
  EXPECT_TRUE(equal("\u0100", "\u0101"));
  EXPECT_TRUE(equal("K", "\u212A")) << "the Kelvin sign";
  EXPECT_TRUE(equal("\U00010400", "\U00010428"));
  EXPECT_FALSE(equal("s", "\u017F")) << "the long s is small already";
  EXPECT_FALSE(equal("i", "\u0130"));
  EXPECT_TRUE(equal("i\u0307", "\u0130")) << "one letter becomes two";
  EXPECT_FALSE(equal("I", "\u0131"));
  EXPECT_FALSE(equal("\u00E9", "e\u0301")) << "no normalisation";
  EXPECT_FALSE(equal("\xC3", "\xE3")) << "bytes that are no UTF-8";
  EXPECT_TRUE(equal("\xC3", "\xC3"));
  EXPECT_FALSE(equal("*", "a"));
  // A sigma at the end of a word; full stops and accents are looked through.
  EXPECT_TRUE(equal("\u039F\u03A3", "\u03BF\u03C2"));
  EXPECT_FALSE(equal("\u039F\u03A3", "\u03BF\u03C3"));
  EXPECT_TRUE(equal("\u03A3", "\u03C3")) << "nothing before it";
  EXPECT_FALSE(equal("\u03A3", "\u03C2"));
  EXPECT_TRUE(equal("\u039F\u03A3\u0391", "\u03BF\u03C3\u03B1"));
  EXPECT_TRUE(equal("A.\u03A3.", "a.\u03C2."));
  EXPECT_TRUE(equal("A.\u03A3.A", "a.\u03C3.a"));
  EXPECT_TRUE(equal("a \u03A3", "a \u03C3"));
}

TEST(EqualsInLowerCase, LooksAcrossTheEndsOfVariables) {
  RequestContext context;
  context.Set("sigma", "\u03A3");
  context.Set("empty", "");
  Arena arena(256);
  const auto equal = [&](std::string_view pattern, std::string_view text) {
    const Pattern made = MakePattern(pattern, {.wildcards = false, .variables = true}, arena);
    return EqualsInLowerCase(ResolvedPieces(made, context).pieces(), text);
  };
  EXPECT_TRUE(equal("a${empty}${sigma}${empty}", "A\u03C2"));
  EXPECT_TRUE(equal("a${sigma}${empty}b", "A\u03C3B"));
  EXPECT_FALSE(equal("a${sigma}b", "A\u03C2B"));
}

TEST(EqualsInLowerCase, TakesLinearTime) {
  // Each sigma looks for a letter behind it.
  std::string sigmas, stops = "a";
  for (int i = 0; i < 200'000; ++i) sigmas += "\u03A3";
  for (int i = 0; i < 200'000; ++i) stops += i % 2 == 0 ? "\u03A3" : "....................";
  const ProcessorTime took;
  for (const std::string& text : {sigmas, stops}) {
    const Piece piece{Piece::Kind::kText, 0, text, nullptr};
    EXPECT_FALSE(EqualsInLowerCase(std::span(&piece, 1), text + "x"));
  }
  EXPECT_LT(took.Seconds(), 10);
}

struct VariableCase {
  const char* pattern;
  const char* text;
  bool matches;
};
constexpr VariableCase kVariableCases[] = {
    {"home/${aws:username}/*", "home/ann/x", true},
    {"home/${AWS:UserName}/*", "home/ann/x", true},
    {"home/${aws:username}/*", "home/bob/x", false},
    {"${none}", "", false},
    {"${none}", "${none}", false},
    {"a${none, 'guest'}", "aguest", true},
    {"a${aws:username, 'guest'}", "aguest", false},
    {"a${none, ''}", "a", true},
    {"${none,'guest'}", "guest", false},
    {"${none, 'g*'}", "gxx", false},
    {"${none, 'g*'}", "g*", true},
    {"${star}", "anything", false},
    {"${star}", "*", true},
    {"${star}*", "*x", true},
    {"${two}", "x", false},
    {"${two, 'd'}", "d", false},
    {"${empty}x", "x", true},
    {"${*}", "*", true},
    {"${*}", "a", false},
    {"${?}", "?", true},
    {"${?}", "a", false},
    {"${$}{aws:username}", "${aws:username}", true},
    {"${", "${", true},
    {"${aws:username", "${aws:username", true},
    {"${}", "", false},
    {"${aws:username}${aws:username}", "annann", true},
    {"*${aws:username}?${aws:username}*", "xxann-annxx", true},
    {"*${aws:username}?${aws:username}*", "xxannannxx", false},
};

TEST(Pattern, PutsValuesInAsPlainText) {
  RequestContext context;
  context.Set("aws:username", "ann");
  context.Set("star", "*");
  context.Set("empty", "");
  context.SetMulti("two", {"x", "y"});
  for (const VariableCase& row : kVariableCases) {
    Arena arena(256);
    const Pattern pattern = MakePattern(row.pattern, {}, arena);
    EXPECT_EQ(Matches(pattern, row.text, context), row.matches) << row.pattern << " on " << row.text;
  }
}

TEST(Pattern, IsPlainTextWithoutVariables) {
  Arena arena(256);
  const RequestContext context;
  const Pattern pattern = MakePattern("${aws:username}", {.wildcards = true, .variables = false}, arena);
  EXPECT_TRUE(Matches(pattern, "${aws:username}", context));
}

TEST(Pattern, TakesAnyNumberOfVariables) {
  RequestContext context;
  context.Set("k", "v");
  Arena arena(256);
  const Pattern pattern = MakePattern(Repeat("${k}*", 500), {}, arena);
  EXPECT_TRUE(Matches(pattern, Repeat("v-", 500), context));
  EXPECT_FALSE(Matches(pattern, Repeat("v-", 499), context));
}

struct ActionCase {
  const char* pattern;
  const char* action;  // lower case
  bool matches;
};
constexpr ActionCase kActionCases[] = {
    {"*", "s3:getobject", true},
    {"*:*", "s3:getobject", true},
    {"s3:*", "s3:getobject", true},
    {"S3:gEt*", "s3:getobject", true},
    {"s3:?et*", "s3:getobject", true},
    {"s3:Get", "s3:getobject", false},
    {"*:getobject", "s3:getobject", false},
    {"s*:getobject", "s3:getobject", false},
    {"?3:getobject", "s3:getobject", false},
    {" s3:getobject", "s3:getobject", false},
    {"s3:get object", "s3:getobject", false},
    {"iam:*AccessKey*", "iam:listaccesskeys", true},
    {"s3", "s3:getobject", false},
    {"**", "s3:getobject", false},
    {"", "s3:getobject", false},
    {"s3:[Gg]et", "s3:get", false},
};

TEST(ActionPattern, FollowsTheTable) {
  for (const ActionCase& row : kActionCases) {
    Arena arena(256);
    EXPECT_EQ(MatchesAction(MakeActionPattern(row.pattern, arena), row.action), row.matches) << row.pattern;
  }
}

struct ResourceCase {
  const char* pattern;
  const char* resource;
  bool matches;
};
constexpr ResourceCase kResourceCases[] = {
    {"*", "arn:aws:s3:::b", true},
    {"*", "*", true},
    {"**", "*", true},
    {"arn:aws:s3:::*", "*", false},
    {"arn:aws:*", "*", false},
    {"arn:aws:s3:::b", "arn:aws:s3:::b", true},
    {"arn:aws:s3:::b", "arn:aws:s3:::B", false},
    {"arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y:z", true},
    {"arn:aws:s3:::b", "arn:aws:s3:eu-west-1::b", false},
    {"arn:aws:sqs:*:*:q", "arn:aws:sqs:eu-west-1:111122223333:q", true},
    {"arn:aws:sqs:eu-*-1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", true},
    {"arn:*:sqs:eu-west-1:111122223333:q", "arn:aws-cn:sqs:eu-west-1:111122223333:q", true},
    {"arn:aws:sqs", "arn:aws:sqs:eu-west-1:111122223333:q", true},
    {"arn:aws:sqs", "arn:aws:sqsx:eu-west-1:111122223333:q", false},
    {"arn:aws:sqs:eu-west-1", "arn:aws:sqs:eu-west-2:111122223333:q", false},
    {"arn:aws:s3:::${aws:username}", "arn:aws:s3:::ann", true},
    {"arn:aws:s3::${aws:username}:b", "arn:aws:s3::ann:b", false},
};

TEST(ResourcePattern, FollowsTheTable) {
  RequestContext context;
  context.Set("aws:username", "ann");
  for (const ResourceCase& row : kResourceCases) {
    Arena arena(256);
    const ResourcePattern pattern = MakeResourcePattern(row.pattern, {}, arena);
    EXPECT_EQ(MatchesResource(pattern, SplitArn(row.resource), context), row.matches)
        << row.pattern << " on " << row.resource;
  }
}

// UNKNOWN in detail; policy-semantics 2.2 step 6.
TEST(ResourcePattern, RunsOnOverColonsAfterAFinalStar) {
  const RequestContext context;
  const char* resource = "arn:aws:logs:eu-west-1:111122223333:log-group:/app:log-stream:one";
  const auto matches = [&](std::string_view written) {
    Arena arena(256);
    return MatchesResource(MakeResourcePattern(written, {}, arena), SplitArn(resource), context);
  };
  EXPECT_TRUE(matches("arn:aws:logs:*:log-group:/app:log-stream:one"));
  EXPECT_TRUE(matches("arn:aws:logs:eu-*:log-group:*:log-stream:one"));
  EXPECT_FALSE(matches("arn:aws:logs:eu-*-1:log-group:*:log-stream:one"));
  EXPECT_FALSE(matches("arn:aws:logs:*:log-group:/app:log-stream:two"));
}

TEST(ResourcePattern, ShortArnsDependOnTheKindOfDocument) {
  const RequestContext context;
  const ArnText queue = SplitArn("arn:aws:sqs:eu-west-1:111122223333:q");
  const auto matches = [&](DocumentKind kind, std::string_view written) {
    Arena arena(256);
    return MatchesResource(MakeResourcePattern(written, {kind, LanguageVersion::k2012}, arena), queue,
                           context);
  };
  for (const DocumentKind kind : {DocumentKind::kIdentity, DocumentKind::kPermissionsBoundary}) {
    EXPECT_TRUE(matches(kind, "arn:aws:sqs"));
  }
  for (const DocumentKind kind :
       {DocumentKind::kResource, DocumentKind::kEndpoint, DocumentKind::kServiceControl,
        DocumentKind::kResourceControl, DocumentKind::kSession}) {
    EXPECT_FALSE(matches(kind, "arn:aws:sqs"));
    EXPECT_TRUE(matches(kind, "arn:aws:sqs:*"));
  }
}

struct ArnCase {
  const char* pattern;
  const char* value;
  ArnMatch match;
};
constexpr ArnCase kArnCases[] = {
    {"*", "arn:aws:iam::1:role/x", ArnMatch::kYes},
    {"arn:aws:iam::*:role/x*", "arn:aws:iam::1:role/x/y", ArnMatch::kYes},
    {"arn:aws:iam::*", "arn:aws:iam::1:role/x", ArnMatch::kNo},
    {"arn:*:role/x", "arn:aws:iam::1:role/x", ArnMatch::kNo},
    {"arn:aws:logs:*:*:log-group:*:one", "arn:aws:logs:r:1:log-group:a:b:one", ArnMatch::kYes},
    {"${whole}", "arn:aws:iam::1:role/x", ArnMatch::kYes},
    {"${whole}/*", "arn:aws:iam::1:role/x/y", ArnMatch::kYes},
    {"arn:aws:iam::${account}:role/*", "arn:aws:iam::1:role/x", ArnMatch::kYes},
    {"arn:aws:iam::${account}:role/*", "arn:aws:iam::2:role/x", ArnMatch::kNo},
    {"arn:aws:iam::${none}:role/*", "arn:aws:iam::1:role/x", ArnMatch::kNo},
    {"arn:aws:iam::${star}:role/*", "arn:aws:iam::1:role/x", ArnMatch::kNo},
    {"role/x", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"**", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"*:aws:iam::1:role/x", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"${star}", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"${account}", "arn:aws:iam::1:role/x", ArnMatch::kNoPattern},
    {"${none}", "arn:aws:iam::1:role/x", ArnMatch::kNo},
    {"a${rest}", "arn:aws:iam::1:role/x", ArnMatch::kYes},
};

TEST(ArnPattern, FollowsTheTable) {
  RequestContext context;
  context.Set("whole", "arn:aws:iam::1:role/x");
  context.Set("account", "1");
  context.Set("star", "*");
  context.Set("rest", "rn:aws:iam::1:role/x");
  for (const ArnCase& row : kArnCases) {
    Arena arena(256);
    EXPECT_EQ(MatchArn(MakeArnPattern(row.pattern, true, arena), SplitArn(row.value), context), row.match)
        << row.pattern << " on " << row.value;
  }
}

}  // namespace
}  // namespace wardkeep::policy
