#include "auth/session_token.h"

#include <algorithm>

#include "auth/session_encoding.h"
#include "base/base64.h"

namespace wardkeep::auth {
namespace {

// Base64 turns three bytes into four characters.
constexpr std::size_t SealedBytes(std::size_t token_size) {
  return token_size / 4 * 3;
}

constexpr std::size_t kMaxEncodedSize = SealedBytes(kMaxSessionTokenSize) - crypto::kSealingOverhead;
constexpr int kFarTooLarge = 1000;

}  // namespace

SessionTokens::SessionTokens(const crypto::Sealer& sealer) : key_(sealer.ForPurpose("session-token")) {}

base::Result<std::string> SessionTokens::Seal(const IssuedSession& issued, std::size_t minimum_size) const {
  const Session& session = issued.session();
  std::string encoded = EncodeSession(session);
  if (encoded.size() > kMaxEncodedSize) {
    const base::Secret wiped(std::move(encoded));
    return base::Error(base::ErrorCode::kLimit, "session does not fit into a token");
  }
  const std::size_t wanted = SealedBytes(std::min(minimum_size, kMaxSessionTokenSize) + 3);
  const std::size_t padded = wanted <= crypto::kSealingOverhead ? 0 : wanted - crypto::kSealingOverhead;
  if (encoded.size() < padded) encoded.resize(std::min(padded, kMaxEncodedSize), '\0');
  const base::Secret plain(std::move(encoded));
  return base::Base64Encode(base::AsBytes(key_.Seal(plain.Reveal(), session.access_key_id)));
}

std::optional<Session> SessionTokens::Open(std::string_view access_key_id, std::string_view token) const {
  if (token.size() > kMaxSessionTokenSize) return std::nullopt;
  const auto sealed = base::Base64Decode(token);
  if (!sealed) return std::nullopt;
  const std::string_view sealed_text(reinterpret_cast<const char*>(sealed->data()), sealed->size());
  const auto plain = key_.Open(sealed_text, access_key_id);
  if (!plain) return std::nullopt;
  auto session = DecodeSession(plain->Reveal());
  if (session) session->access_key_id = access_key_id;
  return session;
}

int PackedSizePercent(const Session& session) {
  const std::size_t variable = EncodedPolicyAndTagSize(session) - EncodedPolicyAndTagSize(Session{});
  const std::size_t fixed = EncodedSize(session) - variable;
  if (variable == 0 && fixed <= kMaxEncodedSize) return 0;
  if (fixed >= kMaxEncodedSize) return kFarTooLarge;
  const std::size_t room = kMaxEncodedSize - fixed;
  const std::size_t percent = (variable * 100 + room - 1) / room;
  return static_cast<int>(std::min<std::size_t>(percent, kFarTooLarge));
}

}  // namespace wardkeep::auth
