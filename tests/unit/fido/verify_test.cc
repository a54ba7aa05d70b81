// Recorded answers of every format and algorithm verify, and nothing that was changed in them does.
#include "fido/verify.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "fido/authenticator_data.h"
#include "fido/cbor_span.h"
#include "recorded_answers.h"

namespace wardkeep::fido {
namespace {

std::string Bytes(std::string_view hex) {
  const auto bytes = base::HexDecode(hex);
  EXPECT_TRUE(bytes);
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

base::Result<Credential, Refusal> Register(const RelyingParty& party, const std::string& client_data,
                                           const std::string& attestation) {
  WK_ASSIGN(const ClientData client, ReadClientData(client_data, Ceremony::kRegistration));
  return VerifyRegistration(party, client, {client_data, attestation});
}

base::Result<uint32_t, Refusal> Assert(const RelyingParty& party, const Credential& credential,
                                       const std::string& client_data, const std::string& data,
                                       const std::string& signature) {
  WK_ASSIGN(const ClientData client, ReadClientData(client_data, Ceremony::kAssertion));
  return VerifyAssertion(party, credential, client, {client_data, data, signature});
}

TEST(FidoVerify, TakesEveryFormatAndAlgorithm) {
  for (const RecordedAnswer& recorded : kRecordedAnswers) {
    SCOPED_TRACE(std::string(recorded.format) + std::to_string(static_cast<int>(recorded.algorithm)));
    const auto made = Register({}, Bytes(recorded.client_data), Bytes(recorded.attestation_object));
    ASSERT_TRUE(made) << RefusalText(made.error());
    EXPECT_EQ(made->algorithm, recorded.algorithm);
    EXPECT_EQ(made->sign_count, 1U);
    EXPECT_EQ(made->id.size(), 32U);
    EXPECT_EQ(made->aaguid.size(), 16U);
    const auto counter = Assert({}, *made, Bytes(recorded.assertion_client_data),
                                Bytes(recorded.authenticator_data), Bytes(recorded.signature));
    ASSERT_TRUE(counter) << RefusalText(counter.error());
    EXPECT_EQ(*counter, 2U);
  }
}

// Every bit of what is signed counts, and every bit of the signature.
TEST(FidoVerify, RefusesEachChangedByte) {
  for (const RecordedAnswer& recorded : kRecordedAnswers) {
    const auto made = Register({}, Bytes(recorded.client_data), Bytes(recorded.attestation_object));
    ASSERT_TRUE(made);
    const std::string client = Bytes(recorded.assertion_client_data);
    for (std::size_t part = 0; part < 2; ++part) {
      const std::string whole = Bytes(part == 0 ? recorded.authenticator_data : recorded.signature);
      for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        const auto answer = part == 0
                                ? Assert({}, *made, client, changed, Bytes(recorded.signature))
                                : Assert({}, *made, client, Bytes(recorded.authenticator_data), changed);
        EXPECT_FALSE(answer) << recorded.format << " part " << part << " byte " << at;
      }
    }
  }
}

// An attestation that is cut anywhere is malformed, and so is one with something after it.
TEST(FidoVerify, RefusesCutAttestations) {
  for (const RecordedAnswer& recorded : kRecordedAnswers) {
    const std::string whole = Bytes(recorded.attestation_object);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto made = Register({}, Bytes(recorded.client_data), whole.substr(0, size));
      ASSERT_FALSE(made) << size;
      EXPECT_EQ(made.error(), Refusal::kMalformed) << size;
    }
    EXPECT_FALSE(Register({}, Bytes(recorded.client_data), whole + '\0'));
  }
}

TEST(FidoVerify, RefusesASignedAttestationOfOtherClientData) {
  for (const RecordedAnswer& recorded : kRecordedAnswers) {
    if (recorded.format == "none") continue;
    std::string client = Bytes(recorded.client_data);
    client.insert(client.size() - 1, R"(,"more":1)");
    const auto made = Register({}, client, Bytes(recorded.attestation_object));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), Refusal::kBadSignature) << recorded.format;
  }
}

TEST(FidoVerify, AsksForTheRightPartyAndUser) {
  const RecordedAnswer& recorded = kRecordedAnswers[0];
  const auto refusal = [&](const RelyingParty& party) -> std::optional<Refusal> {
    const auto made = Register(party, Bytes(recorded.client_data), Bytes(recorded.attestation_object));
    return made ? std::nullopt : std::optional(made.error());
  };
  EXPECT_EQ(refusal({}), std::nullopt);
  EXPECT_EQ(refusal({.user_verification = UserVerification::kRequired}), std::nullopt);
  EXPECT_EQ(refusal({.id = "example.com"}), Refusal::kWrongRelyingParty);
  EXPECT_EQ(refusal({.origins = {"https://localhost:8480"}}), Refusal::kWrongOrigin);
  EXPECT_EQ(refusal({.origins = {}}), Refusal::kWrongOrigin);
}

TEST(FidoVerify, CountersOnlyGrow) {
  const RecordedAnswer& recorded = kRecordedAnswers[0];
  auto made = Register({}, Bytes(recorded.client_data), Bytes(recorded.attestation_object));
  ASSERT_TRUE(made);
  const auto answer = [&] {
    return Assert({}, *made, Bytes(recorded.assertion_client_data), Bytes(recorded.authenticator_data),
                  Bytes(recorded.signature));
  };
  for (const uint32_t seen : {0U, 1U}) {
    made->sign_count = seen;
    EXPECT_TRUE(answer());
  }
  for (const uint32_t seen : {2U, 3U, 4294967295U}) {
    made->sign_count = seen;
    const auto refused = answer();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal::kCounterWentBack);
  }
}

TEST(ClientData, TakesOnlyItsOwnCeremonyFromTheTopPage) {
  const auto read = [](std::string_view json) { return ReadClientData(json, Ceremony::kRegistration); };
  const auto good =
      read(R"({"type":"webauthn.create","challenge":"YWJj","origin":"https://x","new":{"a":[1]}})");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->challenge, "abc");
  EXPECT_EQ(good->origin, "https://x");
  const std::pair<const char*, Refusal> cases[] = {
      {R"({"type":"webauthn.get","challenge":"YWJj","origin":"https://x"})", Refusal::kWrongType},
      {R"({"type":"webauthn.create","challenge":"YWJj","origin":"https://x","crossOrigin":true})",
       Refusal::kWrongType},
      {R"({"type":"webauthn.create","challenge":"YWJj","origin":"https://x","crossOrigin":"no"})",
       Refusal::kWrongType},
      {R"({"type":"webauthn.create","challenge":"YWJj==","origin":"https://x"})", Refusal::kMalformed},
      {R"({"type":"webauthn.create","challenge":7,"origin":"https://x"})", Refusal::kMalformed},
      {R"({"type":"webauthn.create","challenge":"YWJj"})", Refusal::kMalformed},
      {R"({"type":"webauthn.create","type":"webauthn.create","challenge":"YWJj","origin":"https://x"})",
       Refusal::kMalformed},
      {"[]", Refusal::kMalformed},
      {"", Refusal::kMalformed},
  };
  for (const auto& [json, refusal] : cases) {
    const auto refused = read(json);
    ASSERT_FALSE(refused) << json;
    EXPECT_EQ(refused.error(), refusal) << json;
  }
}

TEST(CborSpan, MeasuresOnlyWhatIsWhole) {
  const std::pair<const char*, std::optional<std::size_t>> cases[] = {
      {"00", 1},
      {"1817", 2},
      {"420102", 3},
      {"6161", 2},
      {"820102", 3},
      {"a10102", 3},
      {"f5", 1},
      {"f90000", 3},
      {"0000", 1},
      {"", {}},
      {"18", {}},
      {"4201", {}},
      {"8201", {}},
      {"a101", {}},
      {"5f4101ff", {}},
      {"9f01ff", {}},
      {"c000", {}},
      {"1c", {}},
      {"9bffffffffffffffff", {}},
      {"bbffffffffffffffff", {}},
      {"5bffffffffffffffff", {}},
      {"8181818181818100", 8},
      {"818181818181818100", {}},
  };
  for (const auto& [hex, size] : cases) EXPECT_EQ(ItemSize(Bytes(hex)), size) << hex;
}

}  // namespace
}  // namespace wardkeep::fido
