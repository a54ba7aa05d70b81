#include "auth/delegation_token.h"

#include "auth/byte_reader.h"
#include "auth/byte_writer.h"
#include "base/base64.h"

namespace wardkeep::auth {
namespace {

constexpr uint8_t kVersion = 1;
constexpr std::size_t kMaxSize = 1024;  // characters; real ones are much shorter
constexpr std::string_view kAssociated = "delegation";

}  // namespace

DelegationTokens::DelegationTokens(const crypto::Sealer& sealer)
    : key_(sealer.ForPurpose("delegation-token")) {}

std::string DelegationTokens::Seal(const DelegationToken& token) const {
  ByteWriter out;
  out.Byte(kVersion);
  out.Text(token.account_id.value());
  out.Text(token.request_id);
  out.Number(static_cast<uint64_t>(base::ToUnixSeconds(token.expires_at)));
  return base::Base64UrlEncode(base::AsBytes(key_.Seal(std::move(out).Take(), kAssociated)));
}

std::optional<DelegationToken> DelegationTokens::Open(std::string_view text) const {
  if (text.size() > kMaxSize) return std::nullopt;
  const auto sealed = base::Base64UrlDecode(text);
  if (!sealed) return std::nullopt;
  const std::string_view sealed_text(reinterpret_cast<const char*>(sealed->data()), sealed->size());
  const auto plain = key_.Open(sealed_text, kAssociated);
  if (!plain) return std::nullopt;
  ByteReader in(plain->Reveal());
  if (in.Byte() != kVersion) return std::nullopt;
  DelegationToken token;
  token.account_id = base::AccountId(in.Text());
  token.request_id = in.Text();
  token.expires_at = base::FromUnixSeconds(static_cast<int64_t>(in.Number()));
  if (!in.ok()) return std::nullopt;
  return token;
}

}  // namespace wardkeep::auth
