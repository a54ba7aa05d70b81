// Arbitrary bytes as the stored body of every kind of document. Nothing may crash: a body may come from a
// damaged disk. What is read is written so that it reads the same again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "snapshot/account_codec.h"
#include "snapshot/delegation_request_codec.h"
#include "snapshot/group_codec.h"
#include "snapshot/instance_profile_codec.h"
#include "snapshot/managed_policy_codec.h"
#include "snapshot/mfa_device_codec.h"
#include "snapshot/oidc_provider_codec.h"
#include "snapshot/role_codec.h"
#include "snapshot/saml_provider_codec.h"
#include "snapshot/server_certificate_codec.h"
#include "snapshot/user_codec.h"

namespace wardkeep::snapshot {
namespace {

template <typename Decode, typename Encode>
void Check(std::string_view body, Decode decode, Encode encode) {
  const auto entity = decode(body);
  if (!entity) return;
  const std::string written = encode(*entity);
  const auto again = decode(written);
  if (!again || encode(*again) != written) std::abort();
}

void CheckAll(std::string_view body) {
  Check(body, DecodeAccount, EncodeAccount);
  Check(body, DecodeUser, EncodeUser);
  Check(body, DecodeGroup, EncodeGroup);
  Check(body, DecodeRole, EncodeRole);
  Check(body, DecodeManagedPolicy, EncodeManagedPolicy);
  Check(body, DecodeInstanceProfile, EncodeInstanceProfile);
  Check(body, DecodeServerCertificate, EncodeServerCertificate);
  Check(body, DecodeOidcProvider, EncodeOidcProvider);
  Check(body, DecodeSamlProvider, EncodeSamlProvider);
  Check(body, DecodeMfaDevice, EncodeMfaDevice);
  Check(body, DecodeDelegationRequest, EncodeDelegationRequest);
}

}  // namespace
}  // namespace wardkeep::snapshot

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  wardkeep::snapshot::CheckAll({reinterpret_cast<const char*>(data), size});
  return 0;
}
