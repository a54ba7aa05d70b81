#include "net/test_certificate.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace wardkeep::net {
namespace {

std::shared_ptr<std::FILE> Create(const std::string& path) {
  return {std::fopen(path.c_str(), "w"), std::fclose};
}

}  // namespace

TestCertificate::TestCertificate() : folder_(testing::TempDir() + "wardkeep_tls_XXXXXX") {
  EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
  const std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::shared_ptr<X509> certificate(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* common_name = reinterpret_cast<const unsigned char*>("localhost");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  EXPECT_NE(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  EXPECT_EQ(PEM_write_X509(Create(certificate_path()).get(), certificate.get()), 1);
  EXPECT_EQ(PEM_write_PrivateKey(Create(key_path()).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr),
            1);
}

TestCertificate::~TestCertificate() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace wardkeep::net
