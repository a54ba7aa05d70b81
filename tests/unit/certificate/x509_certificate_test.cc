// Certificates, chains and private keys as server certificates bring them.
#include "certificate/x509_certificate.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "certificate/pem.h"
#include "certificate/private_key.h"
#include "sample_keys.h"

namespace wardkeep::certificate {
namespace {

const std::string kRoot(sample::kRoot);
const std::string kMiddle(sample::kMiddle);
const std::string kLeaf(sample::kLeaf);

std::string Der(const std::string& pem) {
  return std::string(ReadPem(pem, 1)->front().der.Reveal());
}

TEST(ReadCertificate, GivesTheFacts) {
  const auto leaf = ReadCertificate(kLeaf);
  ASSERT_TRUE(leaf);
  EXPECT_LT(leaf->not_before(), leaf->not_after());
  EXPECT_TRUE(leaf->IsValidAt(leaf->not_before()));
  EXPECT_TRUE(leaf->IsValidAt(leaf->not_after()));
  EXPECT_FALSE(leaf->IsValidAt(leaf->not_before() - std::chrono::seconds(1)));
  EXPECT_FALSE(leaf->IsValidAt(leaf->not_after() + std::chrono::seconds(1)));
  EXPECT_EQ(leaf->digest().size(), 64U);
  EXPECT_EQ(ReadCertificate("\r\n" + kLeaf)->digest(), leaf->digest());
  EXPECT_NE(ReadCertificate(kMiddle)->digest(), leaf->digest());
}

TEST(ReadCertificate, RefusesEverythingElse) {
  std::string longer = Der(kLeaf) + '\0';
  const std::string texts[] = {
      "",
      "text",
      kLeaf + kLeaf,
      "subject\n" + kLeaf,
      kLeaf + "text",
      std::string(sample::kLeafKey),
      std::string(sample::kRsaPem),
      WritePem("X509 CERTIFICATE", base::AsBytes(Der(kLeaf))),
      WritePem("CERTIFICATE", base::AsBytes(longer)),
      WritePem("CERTIFICATE", base::AsBytes(Der(kLeaf).substr(0, 200))),
      WritePem("CERTIFICATE", base::AsBytes("0")),
      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
      "-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----\n",
      "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END CERTIFICATE-----\n",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERT-----\n",
      "-----BEGIN -----\nAAAA\n-----END -----\n",
      "-----BEGIN " + std::string(100'000, 'A'),
      "-----BEGIN CERT\nIFICATE-----\nAAAA\n-----END CERT\nIFICATE-----\n",
  };
  for (const std::string& text : texts) EXPECT_FALSE(ReadCertificate(text)) << text.substr(0, 200);
}

// A truncated or altered certificate never crashes the parser and never keeps its digest.
TEST(ReadCertificate, StandsEveryTruncationAndEveryFlippedByte) {
  const std::string der = Der(kLeaf);
  const std::string digest = ReadCertificate(kLeaf)->digest();
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(X509Certificate::FromDer(der.substr(0, size))) << size;
  }
  for (std::size_t at = 0; at < der.size(); ++at) {
    std::string changed = der;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    const auto read = X509Certificate::FromDer(changed);
    EXPECT_NE(read ? read->digest() : std::string(), digest) << at;
  }
}

TEST(FindBreak, AcceptsAChainInOrder) {
  const auto leaf = ReadCertificate(kLeaf);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kMiddle)), std::nullopt);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kMiddle + "\n" + kRoot)), std::nullopt);
  EXPECT_EQ(FindBreak(*ReadCertificate(kRoot), *ReadChain(kRoot)), std::nullopt) << "it signed itself";
}

TEST(FindBreak, SaysWhereAChainBreaks) {
  const auto leaf = ReadCertificate(kLeaf);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kRoot)), -1);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kLeaf)), -1);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kMiddle + kLeaf)), 0);
  EXPECT_EQ(FindBreak(*leaf, *ReadChain(kMiddle + kRoot + kMiddle)), 1);
}

TEST(ReadChain, HoldsAtMostTwentyCertificates) {
  std::string chain;
  for (std::size_t i = 0; i < kMaxChain; ++i) chain += kRoot;
  EXPECT_EQ(ReadChain(chain)->size(), kMaxChain);
  EXPECT_FALSE(ReadChain(chain + kRoot));
  EXPECT_FALSE(ReadChain(""));
  EXPECT_FALSE(ReadChain(kMiddle + std::string(sample::kLeafKey)));
}

TEST(ReadPrivateKey, ReadsUnencryptedKeys) {
  const auto leaf = ReadCertificate(kLeaf);
  for (const auto text : {sample::kLeafKey, sample::kLeafKeySec1}) {
    const auto key = ReadPrivateKey(base::Secret(std::string(text)));
    ASSERT_TRUE(key) << text;
    EXPECT_TRUE(leaf->HasKeyOf(*key));
    EXPECT_FALSE(ReadCertificate(kMiddle)->HasKeyOf(*key));
  }
}

TEST(ReadPrivateKey, RefusesEverythingElse) {
  const std::string key(sample::kLeafKey);
  const std::string texts[] = {
      "",
      "key",
      key + key,
      kLeaf,
      std::string(sample::kRsaPem),
      std::string(sample::kLeafKeyEncrypted),
      WritePem("RSA PRIVATE KEY", base::AsBytes(Der(std::string(sample::kLeafKeySec1)))),
      WritePem("PRIVATE KEY", base::AsBytes(Der(key) + '\0')),
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
      "-----END RSA PRIVATE KEY-----\n",
  };
  for (const std::string& text : texts) EXPECT_FALSE(ReadPrivateKey(base::Secret(text))) << text;
}

}  // namespace
}  // namespace wardkeep::certificate
