// Arbitrary text as certificate, chain and private key. Nothing may crash; what is read from PEM is read
// again from what is written; only blocks of the right label are read.
#include "certificate/x509_certificate.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/base64.h"
#include "certificate/pem.h"
#include "certificate/private_key.h"

namespace {

using namespace wardkeep;  // NOLINT(google-build-using-namespace): a program of one file

void Require(bool fact) {
  if (!fact) std::abort();
}

void CheckPem(const std::string& text) {
  const auto blocks = certificate::ReadPem(text, 32);
  if (!blocks) return;
  for (const certificate::PemBlock& block : *blocks) {
    if (block.has_headers) continue;
    const auto again = certificate::ReadPem(certificate::WritePem(block.label, block.bytes()), 1);
    Require(again.has_value() && again->front().label == block.label &&
            again->front().der.Reveal() == block.der.Reveal());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  if (size > 65'536) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  CheckPem(text);
  const auto leaf = certificate::ReadCertificate(text);
  // Also without the armour, so that the fuzzer reaches the parser of DER with every input.
  const auto bare = certificate::X509Certificate::FromDer(text);
  const auto chain = certificate::ReadChain(text);
  if (leaf) Require(chain.has_value() && chain->size() == 1 && (*chain)[0].digest() == leaf->digest());
  if (bare && chain) (void)certificate::FindBreak(*bare, *chain);
  if (chain) (void)certificate::FindBreak(chain->front(), *chain);
  const auto key = certificate::ReadPrivateKey(base::Secret(text));
  const auto bare_key =
      certificate::ReadPrivateKey(base::Secret(certificate::WritePem("PRIVATE KEY", base::AsBytes(text))));
  if (bare && bare_key) (void)bare->HasKeyOf(*bare_key);
  Require(!key || !leaf);
  return 0;
}
