// SSH public keys: every encoding gives the same key, and nothing but an RSA key of an allowed length is one.
#include "certificate/ssh_public_key.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "certificate/pem.h"
#include "sample_keys.h"

namespace wardkeep::certificate {
namespace {

std::string Uint32(std::size_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift & 0xff));
  return bytes;
}

std::string Part(std::string_view text) {
  return Uint32(text.size()) + std::string(text);
}

// An odd number of that many bits, as SSH writes it.
std::string Number(int bits) {
  const auto bytes = static_cast<std::size_t>((bits + 7) / 8);
  std::string number(bytes, '\x55');
  number.front() = static_cast<char>(1 << ((bits - 1) % 8));
  number.back() = '\x01';
  return (bits % 8 == 0 ? std::string(1, '\0') : std::string()) + number;
}

std::string Wire(int bits, std::string_view exponent = std::string_view("\1\0\1", 3)) {
  return Part("ssh-rsa") + Part(exponent) + Part(Number(bits));
}

std::string Text(std::string_view wire, std::string_view type = "ssh-rsa") {
  return std::string(type) + " " + base::Base64Encode(base::AsBytes(wire));
}

std::string Outcome(std::string_view text) {
  const auto key = SshPublicKey::Read(text);
  if (key) return "ok";
  return key.error() == SshKeyFault::kEncoding ? "encoding" : "key";
}

TEST(SshPublicKey, ReadsEveryEncodingAsTheSameKey) {
  for (const std::string& text :
       {std::string(sample::kRsaSsh), std::string(sample::kRsaPem), std::string(sample::kRsaPkcs1Pem),
        " \r\n" + std::string(sample::kRsaSsh) + "\tbob@laptop and more\r\n",
        "\n" + std::string(sample::kRsaPem) + "\n"}) {
    const auto key = SshPublicKey::Read(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->OpenSsh(), sample::kRsaSsh);
    EXPECT_EQ(key->Pem(), sample::kRsaPem);
    EXPECT_EQ(key->Fingerprint(), sample::kRsaFingerprint);
    const auto again = SshPublicKey::FromWire(key->wire());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->wire(), key->wire());
  }
}

TEST(SshPublicKey, RefusesWhatIsNoRsaKey) {
  const std::string ssh(sample::kRsaSsh);
  const std::string good = Wire(2048);
  struct Case {
    const char* what;
    std::string text;
    const char* outcome;
  };
  const Case cases[] = {
      {"a good one", Text(good), "ok"},
      {"the longest", Text(Wire(16384)), "ok"},
      {"one bit more", Text(Wire(16385)), "key"},
      {"one bit less than the shortest", Text(Wire(2047)), "key"},
      {"shorter than its top bit says", Text(Part("ssh-rsa") + Part("\3") + Part(Number(1024))), "key"},
      {"empty", "", "encoding"},
      {"white space", " \n\t", "encoding"},
      {"type only", "ssh-rsa", "encoding"},
      {"base64 only", ssh.substr(8), "encoding"},
      {"another word first", "rsa " + ssh.substr(8), "encoding"},
      {"options first", "no-pty " + ssh, "encoding"},
      {"ed25519", Text(Part("ssh-ed25519") + Part(std::string(32, 'k')), "ssh-ed25519"), "key"},
      {"ecdsa", "ecdsa-sha2-nistp256 AAAA", "key"},
      {"two keys", ssh + "\n" + ssh, "key"},
      {"not base64", "ssh-rsa ====", "key"},
      {"base64 without padding", "ssh-rsa AAAAB", "key"},
      {"no base64", Text(""), "encoding"},
      {"another type inside", Text(Part("ssh-dss") + good.substr(11)), "key"},
      {"cut in a length", Text(good.substr(0, 13)), "key"},
      {"cut in the modulus", Text(good.substr(0, good.size() - 1)), "key"},
      {"bytes after", Text(good + '\0'), "key"},
      {"length of 4 GiB", Text(Part("ssh-rsa") + "\xff\xff\xff\xff"), "key"},
      {"no modulus", Text(Part("ssh-rsa") + Part("\3") + Part("")), "key"},
      {"zero modulus", Text(Part("ssh-rsa") + Part("\3") + Part(std::string(1, '\0'))), "key"},
      {"negative modulus", Text(Part("ssh-rsa") + Part("\3") + Part("\xff" + Number(2047))), "key"},
      {"superfluous zero", Text(Part("ssh-rsa") + Part("\3") + Part(std::string(1, '\0') + Number(2047))),
       "key"},
      {"even modulus", Text(good.substr(0, good.size() - 1) + "\2"), "key"},
      {"exponent 1", Text(Wire(2048, "\1")), "key"},
      {"even exponent", Text(Wire(2048, "\2")), "key"},
      {"exponent 3", Text(Wire(2048, "\3")), "ok"},
      {"exponent of 65 bits", Text(Wire(2048, std::string_view("\1\0\0\0\0\0\0\0\1", 9))), "key"},
      {"huge exponent", Text(Part("ssh-rsa") + Part(Number(16000)) + Part(Number(2048))), "key"},
      {"EC in PEM", WritePem("PUBLIC KEY", base::AsBytes("0")), "key"},
      {"private key", std::string(sample::kLeafKey), "key"},
      {"certificate", std::string(sample::kLeaf), "key"},
      {"open block", "-----BEGIN PUBLIC KEY-----\nAAAA", "key"},
      {"two blocks", std::string(sample::kRsaPem) + std::string(sample::kRsaPem), "key"},
      {"wrong label", WritePem("RSA PUBLIC KEY", ReadPem(sample::kRsaPem, 1)->front().bytes()), "key"},
  };
  for (const Case& one : cases) EXPECT_EQ(Outcome(one.text), one.outcome) << one.what;
}

// Bytes after the key inside of the block are somebody's mistake or somebody's trick.
TEST(SshPublicKey, RefusesBytesAfterThePemKey) {
  std::string der(ReadPem(sample::kRsaPem, 1)->front().der.Reveal());
  EXPECT_EQ(Outcome(WritePem("PUBLIC KEY", base::AsBytes(der))), "ok");
  der.push_back('\0');
  EXPECT_EQ(Outcome(WritePem("PUBLIC KEY", base::AsBytes(der))), "key");
}

}  // namespace
}  // namespace wardkeep::certificate
