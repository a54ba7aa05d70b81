#include "wire/cbor_json.h"

#include <gtest/gtest.h>

namespace wardkeep::wire {
namespace {

std::string Json(std::string_view bytes) {
  const auto json = CborToJson(bytes);
  return json ? *json : "refused: " + json.error().code;
}

using namespace std::string_view_literals;

// The examples of RFC 8949, appendix A, that JSON can carry.
TEST(CborJson, ReadsTheExamplesOfItsSpecification) {
  EXPECT_EQ(Json(""sv), "");
  EXPECT_EQ(Json("\x00"sv), "0");
  EXPECT_EQ(Json("\x18\x64"sv), "100");
  EXPECT_EQ(Json("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"sv), "18446744073709551615");
  EXPECT_EQ(Json("\x38\x63"sv), "-100");
  EXPECT_EQ(Json("\xf9\x3e\x00"sv), "1.5");
  EXPECT_EQ(Json("\xf9\x04\x00"sv), "6.103515625e-05");
  EXPECT_EQ(Json("\xfa\x47\xc3\x50\x00"sv), "1e+05");
  EXPECT_EQ(Json("\xfb\xc0\x10\x66\x66\x66\x66\x66\x66"sv), "-4.1");
  EXPECT_EQ(Json("\x83\xf4\xf5\xf6"sv), "[false,true,null]");
  EXPECT_EQ(Json("\x64IETF"sv), "\"IETF\"");
  EXPECT_EQ(Json("\x7f\x65strea\x64ming\xff"sv), "\"streaming\"");
  EXPECT_EQ(Json("\x44\x01\x02\x03\x04"sv), "\"AQIDBA==\"");
  EXPECT_EQ(Json("\xc1\x1a\x51\x4b\x67\xb0"sv), "1363896240");
  EXPECT_EQ(Json("\xbf\x61\x61\x01\x61\x62\x9f\x02\x03\xff\xff"sv), R"({"a":1,"b":[2,3]})");
}

TEST(CborJson, RefusesWhatIsNoDocument) {
  for (const std::string_view bytes :
       {"\x18"sv, "\xff"sv, "\x1c"sv, "\x61"sv, "\x61\xff"sv, "\x00\x00"sv, "\xbf\x61\x61"sv, "\x9f\x01"sv,
        "\xa1\x01\x02"sv, "\x5f\x61\x61\xff"sv, "\xf9\x7c\x00"sv, "\x3b\xff\xff\xff\xff\xff\xff\xff\xff"sv,
        "\x9b\xff\xff\xff\xff\xff\xff\xff\xff"sv}) {
    EXPECT_EQ(Json(bytes), "refused: SerializationException");
  }
  EXPECT_EQ(Json(std::string(1000, '\x81') + "\x01"), "refused: SerializationException");
}

TEST(CborJson, WritesWhatItReads) {
  for (const char* json :
       {R"({})", R"({"a":1,"b":[2,-3,"x",null,true,false,2.5]})", "[23,24,255,256,65535,65536,4294967296]"}) {
    EXPECT_EQ(Json(JsonToCbor(json)), json);
  }
  const std::string text = "\"" + std::string(70'000, 'a') + "\"";
  EXPECT_EQ(Json(JsonToCbor(text)), text);
}

TEST(CborJson, NamesTheOperationOfAPath) {
  EXPECT_EQ(CborTarget("/service/Kitchen_1/operation/Cook"), "Kitchen_1.Cook");
  EXPECT_EQ(CborTarget("/service/Kitchen_1"), "");
  EXPECT_EQ(CborTarget("/"), "");
}

}  // namespace
}  // namespace wardkeep::wire
