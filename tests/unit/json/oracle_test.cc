// The parser against nlohmann-json, an independent reader: both accept the same texts and read the same
// values. Texts are made by a generator and then damaged at random places; the seed is fixed, so a failure
// repeats.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "json/parse.h"
#include "json/writer.h"

namespace wardkeep::json {
namespace {

using Oracle = nlohmann::json;

class TextMaker {
 public:
  explicit TextMaker(uint32_t seed) : random_(seed) {}

  std::string Make() {
    out_.clear();
    MakeValue(0);
    return out_;
  }

  void Damage(std::string& text) {
    constexpr std::string_view kBytes =
        "{}[]\",:\\ \n\t0129.eE+-truefalsnu/\x01\x1f\x7f\x80\xc3\xa9\xed\xa0\xff";
    for (std::size_t changes = Below(3) + 1; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = Below(text.size());
      const char byte = kBytes[Below(kBytes.size())];
      switch (Below(4)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1);
          break;
        default:
          text.resize(at);
      }
    }
  }

  std::size_t Below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

 private:
  void Space() {
    constexpr std::string_view kSpaces[] = {"", "", "", " ", "\n", "\t", "\r\n "};
    out_ += kSpaces[Below(std::size(kSpaces))];
  }

  void MakeString() {
    constexpr std::string_view kParts[] = {"a",
                                           "key",
                                           "\\n",
                                           "\\\"",
                                           "\\\\",
                                           "\\u0041",
                                           "\\u00e9",
                                           "\\ud83d\\ude00",
                                           "\xC3\xA9",
                                           "\xE2\x82\xAC",
                                           "\xF0\x9F\x98\x80",
                                           "/",
                                           "\\/",
                                           "\\u0000",
                                           " "};
    out_ += '"';
    for (std::size_t n = Below(4); n > 0; --n) out_ += kParts[Below(std::size(kParts))];
    out_ += '"';
  }

  void MakeList(char open, char close, int depth) {
    out_ += open;
    Space();
    const std::size_t count = Below(4);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      Space();
      if (open == '{') {
        MakeString();
        Space();
        out_ += ':';
      }
      MakeValue(depth + 1);
    }
    out_ += close;
  }

  void MakeValue(int depth) {
    constexpr std::string_view kScalars[] = {
        "null", "true", "false", "0", "-1", "12", "1.5", "-0.25", "1e2", "3E-2", "9007199254740993", "-0"};
    Space();
    switch (Below(depth < 5 ? 5 : 3)) {
      case 3:
        MakeList('[', ']', depth);
        break;
      case 4:
        MakeList('{', '}', depth);
        break;
      case 2:
        MakeString();
        break;
      default:
        out_ += kScalars[Below(std::size(kScalars))];
    }
    Space();
  }

  std::mt19937 random_;
  std::string out_;
};

bool SameNumber(const Value& ours, const Oracle& theirs) {
  if (theirs.is_number_integer()) {
    return ours.AsInt64() == theirs.get<int64_t>() || ours.AsDouble() == theirs.get<double>();
  }
  return ours.AsDouble() == theirs.get<double>();
}

bool SameValue(const Value& ours, const Oracle& theirs) {
  switch (ours.kind()) {
    case Kind::kNull:
      return theirs.is_null();
    case Kind::kBool:
      return theirs.is_boolean() && theirs.get<bool>() == ours.AsBool();
    case Kind::kNumber:
      return theirs.is_number() && SameNumber(ours, theirs);
    case Kind::kString:
      return theirs.is_string() && theirs.get<std::string>() == *ours.AsString();
    case Kind::kArray: {
      if (!theirs.is_array() || theirs.size() != ours.elements().size()) return false;
      for (std::size_t i = 0; i < theirs.size(); ++i) {
        if (!SameValue(ours.elements()[i], theirs[i])) return false;
      }
      return true;
    }
    case Kind::kObject: {
      if (!theirs.is_object() || theirs.size() > ours.members().size()) return false;
      for (const auto& [key, value] : theirs.items()) {
        const Value* mine = ours.Find(key);
        if (mine == nullptr || !SameValue(*mine, value)) return false;
      }
      return true;
    }
  }
  return false;
}

// What the oracle makes of the text; a number too large for a double is JSON all the same.
enum class Opinion { kJson, kNotJson, kHugeNumber };

Opinion Ask(const std::string& text, Oracle& out) {
  constexpr int kNumberOverflow = 406;
  try {
    out = Oracle::parse(text);
    return Opinion::kJson;
  } catch (const nlohmann::json::exception& e) {
    return e.id == kNumberOverflow ? Opinion::kHugeNumber : Opinion::kNotJson;
  }
}

ParseLimits KeepAll() {
  ParseLimits limits;
  limits.duplicates = Duplicates::kKeep;
  limits.max_depth = 1000;
  return limits;
}

void ExpectAgreement(const std::string& text, int& accepted, int& refused) {
  Oracle theirs;
  const Opinion opinion = Ask(text, theirs);
  if (opinion == Opinion::kHugeNumber || text.starts_with("\xEF\xBB\xBF")) return;
  const auto ours = Parse(text, KeepAll());
  ASSERT_EQ(ours.has_value(), opinion == Opinion::kJson) << text;
  if (!ours) {
    ++refused;
    return;
  }
  ++accepted;
  ASSERT_TRUE(SameValue(*ours, theirs)) << text;
  Writer out;
  out.Copy(*ours);
  ASSERT_EQ(Oracle::parse(out.text()), theirs) << text;
}

TEST(JsonOracle, AgreesOnGeneratedAndDamagedTexts) {
  TextMaker maker(20240501);
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = maker.Make();
    if (i % 2 == 1) maker.Damage(text);
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(text, accepted, refused));
  }
  EXPECT_GT(accepted, 20'000);
  EXPECT_GT(refused, 10'000);
}

// The oracle takes a NUL for the end of the text; RFC 8259 does not.
TEST(JsonOracle, ANulAfterTheValueIsTrailingText) {
  EXPECT_FALSE(Parse(std::string("1\0", 2)).has_value());
  EXPECT_FALSE(Parse(std::string("[1]\0", 4)).has_value());
}

TEST(JsonOracle, AgreesOnBorderCases) {
  int accepted = 0;
  int refused = 0;
  for (const char* text : {"\"\\ud800\"",
                           "\"\\udc00\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\ud83d\\ude00\"",
                           "\"\\uD83D\\uDE0\"",
                           "\"\\u0000\"",
                           "-",
                           "-a",
                           "[-]",
                           "0.0e0",
                           "00",
                           "1.e1",
                           "[1,,2]",
                           "{,}",
                           "{\"a\":}",
                           "\v1",
                           "\f1",
                           "1\f",
                           "\xC2\xA0 1",
                           "[\"\x7F\"]",
                           "{\"a\":1,\"a\":2}",
                           "tru",
                           "nulll",
                           "\"\t\"",
                           "'a'",
                           "[1]x",
                           "\xEF\xBF\xBE",
                           "{\"\":0}"}) {
    ExpectAgreement(text, accepted, refused);
  }
  ExpectAgreement(std::string("\"a\0b\"", 5), accepted, refused);
  EXPECT_GT(accepted, 3);
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace wardkeep::json
