// Arbitrary text as an SSH public key. Nothing may crash, and a key that is taken reads back the same from
// each form it is written in.
#include "certificate/ssh_public_key.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using wardkeep::certificate::SshPublicKey;

void Require(bool fact) {
  if (!fact) std::abort();
}

void RequireSame(const SshPublicKey& key, const std::string& text) {
  const auto again = SshPublicKey::Read(text);
  Require(again.has_value() && again->wire() == key.wire());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  if (size > 16'384) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  // The same bytes as text and as the wire form.
  for (const auto& key : {SshPublicKey::Read(text), SshPublicKey::FromWire(text)}) {
    if (!key) continue;
    RequireSame(*key, key->OpenSsh());
    RequireSame(*key, key->Pem());
    Require(key->Fingerprint().size() == 47);
  }
  return 0;
}
