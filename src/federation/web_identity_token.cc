#include "federation/web_identity_token.h"

#include <charconv>

#include "base/base64.h"
#include "json/writer.h"

namespace wardkeep::federation {
namespace {

constexpr std::string_view kUuidForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
constexpr std::size_t kAccountDigits = 10;  // hexadecimal; 12 decimal digits need 40 bits
constexpr std::uint64_t kAccounts = 1'000'000'000'000;

std::string Encoded(std::string_view text) {
  return base::Base64UrlEncode(base::AsBytes(text));
}

void WriteTags(json::Writer& out, std::string_view name,
               const std::vector<std::pair<std::string, std::string>>& tags) {
  if (tags.empty()) return;
  out.Key(name).BeginObject();
  for (const auto& [key, value] : tags) out.Key(key).String(value);
  out.EndObject();
}

}  // namespace

std::string ClaimsText(const TokenClaims& claims) {
  json::Writer out;
  out.BeginObject().Key("iss").String(claims.issuer).Key("sub").String(claims.subject).Key("aud");
  if (claims.audiences.size() == 1) {
    out.String(claims.audiences.front());
  } else {
    out.BeginArray();
    for (const std::string& audience : claims.audiences) out.String(audience);
    out.EndArray();
  }
  out.Key("iat").Int(base::ToUnixSeconds(claims.issued_at));
  out.Key("exp").Int(base::ToUnixSeconds(claims.expires_at)).Key("jti").String(claims.id);
  out.Key("https://sts.amazonaws.com/").BeginObject().Key("aws_account").String(claims.account);
  if (!claims.subject_mode.empty()) out.Key("subject_mode").String(claims.subject_mode);
  WriteTags(out, "principal_tags", claims.principal_tags);
  WriteTags(out, "request_tags", claims.request_tags);
  out.EndObject().EndObject();
  return std::move(out).Take();
}

std::string SignToken(const crypto::SigningKeyPair& key, std::string_view key_id, std::string_view claims) {
  json::Writer header;
  header.BeginObject().Key("alg").String(crypto::SigningAlgorithmName(key.algorithm()));
  header.Key("kid").String(key_id).Key("typ").String("JWT").EndObject();
  std::string token = Encoded(header.text()) + "." + Encoded(claims);
  const std::string signature = key.Sign(token);
  return token + "." + Encoded(signature);
}

std::string PublicJwk(const crypto::SigningKeyPair& key, std::string_view key_id) {
  const auto [first, second] = key.PublicNumbers();
  const bool rsa = key.algorithm() == crypto::SigningAlgorithm::kRs256;
  json::Writer out;
  out.BeginObject().Key("kty").String(rsa ? "RSA" : "EC").Key("kid").String(key_id);
  out.Key("use").String("sig").Key("alg").String(crypto::SigningAlgorithmName(key.algorithm()));
  if (!rsa) out.Key("crv").String("P-384");
  out.Key(rsa ? "n" : "x").String(base::Base64UrlEncode(first));
  out.Key(rsa ? "e" : "y").String(base::Base64UrlEncode(second)).EndObject();
  return std::move(out).Take();
}

std::string KeySet(const std::vector<std::string>& public_jwks) {
  json::Writer out;
  out.BeginObject().Key("keys").BeginArray();
  for (const std::string& jwk : public_jwks) out.Raw(jwk);
  out.EndArray().EndObject();
  return std::move(out).Take();
}

std::string DiscoveryDocument(std::string_view issuer) {
  json::Writer out;
  out.BeginObject().Key("issuer").String(issuer);
  out.Key("jwks_uri").String(std::string(issuer) + "/.well-known/jwks.json");
  out.Key("response_types_supported").BeginArray().String("id_token").EndArray();
  out.Key("subject_types_supported").BeginArray().String("public").EndArray();
  out.Key("id_token_signing_alg_values_supported").BeginArray().String("RS256").String("ES384").EndArray();
  out.Key("claims_supported").BeginArray();
  for (const char* claim : {"iss", "sub", "aud", "iat", "exp", "jti"}) out.String(claim);
  out.EndArray().EndObject();
  return std::move(out).Take();
}

std::string MakeIssuerId(std::string_view account, std::string_view random_uuid) {
  std::uint64_t number = 0;
  std::from_chars(account.data(), account.data() + account.size(), number);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id(random_uuid);
  std::size_t place = 0;
  for (std::size_t i = 0; i < kAccountDigits; ++i) {
    if (id[place] == '-') ++place;
    id[place++] = kDigits[(number >> (4 * (kAccountDigits - 1 - i))) & 15];
  }
  return id;
}

std::string AccountOfIssuerId(std::string_view issuer_id) {
  if (issuer_id.size() != kUuidForm.size()) return {};
  std::string digits;
  for (std::size_t i = 0; i < issuer_id.size(); ++i) {
    const char c = issuer_id[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (kUuidForm[i] == '-' ? c != '-' : !hex) return {};
    if (hex && digits.size() < kAccountDigits) digits.push_back(c);
  }
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (number >= kAccounts) return {};
  const std::string text = std::to_string(number);
  return std::string(12 - text.size(), '0') + text;
}

}  // namespace wardkeep::federation
