#include "federation/saml_metadata.h"

#include <gtest/gtest.h>

#include "base/time_text.h"
#include "processor_time.h"

namespace wardkeep::federation {
namespace {

// A certificate of "idp.example.com" for an elliptic curve key; metadata only has to hold one.
constexpr const char* kCertificate =
    "MIIBijCCATGgAwIBAgIULdleAeUW3OnbHGoTrpHZ9LSsP4UwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPaWRwLmV4YW"
    "1wbGUuY29tMCAXDTI2MTEyMjE3NDEyOVoYDzIxMjYxMDI5MTc0MTI5WjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5j"
    "b20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARc5a9CKvNmQF6KD4yOfyMbhnQxQvyynfhZrzoIDjXPXJyOp79Y73"
    "AxE95N33X5jh6mk62DNkNNXAOGyCouY+PTo1MwUTAdBgNVHQ4EFgQUk8Ko5wze04yqRBqQfKKdWikRYEAwHwYDVR0j"
    "BBgwFoAUk8Ko5wze04yqRBqQfKKdWikRYEAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBGyN2SvL"
    "+PsWOB/0zWrTd4MooVJjeC2udkstxpA/lq2wIgeC7hCXxnSBIb1RWdU9cUr1Ct+s60H0bNG30To/sSL6Q=";

struct Parts {
  std::string before = {};  // stands before the root
  std::string root = "md:EntityDescriptor";
  std::string attributes = R"(entityID="https://idp.example.com/a")";
  std::string role = "md:IDPSSODescriptor";
  std::string protocols = "urn:oasis:names:tc:SAML:2.0:protocol";
  std::string use = R"( use="signing")";
  std::string certificate = kCertificate;
  std::string name_space = "urn:oasis:names:tc:SAML:2.0:metadata";
};

std::string Metadata(const Parts& parts) {
  return parts.before + "<" + parts.root + " xmlns:md=\"" + parts.name_space + "\" " + parts.attributes +
         ">\n <" + parts.role + " protocolSupportEnumeration=\"" + parts.protocols +
         "\">\n  <md:KeyDescriptor" + parts.use +
         "><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>\n" +
         parts.certificate + "\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n </" +
         parts.role + ">\n</" + parts.root + ">\n";
}

TEST(SamlMetadata, GivesEntityEndAndCertificates) {
  const auto read = ReadSamlMetadata(
      Metadata({.before = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- comment -->\n",
                .attributes = R"(entityID="https://idp/&amp;" validUntil="2099-01-02T03:04:05Z")"}));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->entity_id, "https://idp/&");
  ASSERT_TRUE(read->valid_until);
  EXPECT_EQ(base::FormatIso8601(*read->valid_until), "2099-01-02T03:04:05Z");
  ASSERT_EQ(read->signing_certificates.size(), 1U);
  EXPECT_EQ(read->signing_certificates[0][0], '\x30');
}

TEST(SamlMetadata, KeysWithoutAMarkSign) {
  EXPECT_TRUE(ReadSamlMetadata(Metadata({.use = ""})));
}

TEST(SamlMetadata, SeveralProtocolsMayBeSpoken) {
  EXPECT_TRUE(ReadSamlMetadata(Metadata({.protocols = "urn:oasis:names:tc:SAML:1.1:protocol "
                                                      "urn:oasis:names:tc:SAML:2.0:protocol"})));
}

TEST(SamlMetadata, EverythingElseIsRefused) {
  struct Case {
    const char* name;
    std::string text;
  };
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n";
  const Case cases[] = {
      {"empty", ""},
      {"not xml", "metadata"},
      {"cut off", Metadata({}).substr(0, 300)},
      {"two roots", Metadata({}) + Metadata({})},
      {"nul", Metadata({}) + std::string(1, '\0')},
      {"not utf-8", Metadata({.attributes = "entityID=\"\xff\xfe\""})},
      {"another root", Metadata({.root = "md:EntitiesDescriptor"})},
      {"another namespace", Metadata({.name_space = "urn:oasis:names:tc:SAML:1.0:metadata"})},
      {"no entity id", Metadata({.attributes = ""})},
      {"empty entity id", Metadata({.attributes = "entityID=\"\""})},
      {"long entity id", Metadata({.attributes = "entityID=\"" + std::string(1025, 'x') + "\""})},
      {"service provider", Metadata({.role = "md:SPSSODescriptor"})},
      {"another protocol", Metadata({.protocols = "urn:oasis:names:tc:SAML:1.1:protocol"})},
      {"encryption key only", Metadata({.use = R"( use="encryption")"})},
      {"no certificate", Metadata({.certificate = ""})},
      {"garbage certificate", Metadata({.certificate = "AAAA"})},
      {"cut certificate", Metadata({.certificate = std::string(kCertificate).substr(0, 200)})},
      {"not base64", Metadata({.certificate = "***"})},
      {"no time", Metadata({.attributes = R"(entityID="x" validUntil="tomorrow")"})},
      {"document type", Metadata({.before = "<!DOCTYPE EntityDescriptor SYSTEM \"file:///etc/passwd\">\n"})},
      {"entities", Metadata({.before = bomb, .attributes = "entityID=\"&b;\""})},
      {"deep", std::string(100'000, '<') + "a"},
      {"unknown entity", Metadata({.attributes = "entityID=\"&xxe;\""})},
  };
  for (const Case& one : cases) EXPECT_FALSE(ReadSamlMetadata(one.text)) << one.name;
}

TEST(SamlMetadata, DeepNestingEndsInARefusal) {
  std::string deep = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\">";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_FALSE(ReadSamlMetadata(deep));
}

TEST(SamlMetadata, TooMuchIsRefusedUnread) {
  EXPECT_FALSE(ReadSamlMetadata(std::string(kMostMetadataBytes + 1, ' ')));
}

// An element with very many attributes costs a parser the square of their number; here it costs nothing.
TEST(SamlMetadata, MarkupBeyondTheBoundsIsRefusedInLinearTime) {
  const auto cost = [](std::string_view piece, std::size_t count) {
    std::string many;
    for (std::size_t i = 0; i < count; ++i)
      many.append(" ").append(piece).append(std::to_string(i)).append("='1'");
    const std::string text = Metadata({.attributes = "entityID='x'" + many});
    const ProcessorTime time;
    EXPECT_FALSE(ReadSamlMetadata(text));
    return time.Seconds();
  };
  for (const std::string_view piece : {"a", "xmlns:n", "md:a"}) {
    cost(piece, 1000);
    EXPECT_LT(cost(piece, 80'000), 16 * cost(piece, 20'000) + 0.005) << piece;
  }
}

TEST(SamlMetadata, CertificatesAreBounded) {
  const std::string one = std::string("</ds:X509Certificate><ds:X509Certificate>") + kCertificate;
  std::string certificates = kCertificate;
  for (int i = 0; i < 200; ++i) certificates += one;
  const auto read = ReadSamlMetadata(Metadata({.certificate = certificates}));
  ASSERT_TRUE(read);  // the same one again and again is one
  EXPECT_EQ(read->signing_certificates.size(), 1U);
}

}  // namespace
}  // namespace wardkeep::federation
