#include "snapshot/account_codec.h"

#include <limits>
#include <utility>

#include "snapshot/credential_parts.h"
#include "snapshot/owned_parts.h"
#include "snapshot/password_parts.h"

namespace wardkeep::snapshot {
namespace {

void WriteTokenKeys(json::Writer& out, const std::vector<entity::TokenKey>& keys) {
  if (keys.empty()) return;
  out.Key("token_keys").BeginArray();
  for (const entity::TokenKey& key : keys) {
    out.BeginObject().Key("id").String(key.id).Key("algorithm").String(key.algorithm);
    WriteBytes(out, "key", key.sealed_key);
    out.Key("jwk").String(key.public_jwk);
    WriteTime(out, "created", key.create_date);
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

std::string EncodeAccount(const entity::Account& account) {
  json::Writer out = BeginBody();
  out.Key("id").String(account.id.value());
  WriteText(out, "name", account.name);
  WriteText(out, "email", account.email);
  WriteText(out, "alias", account.alias);
  WriteTime(out, "created", account.create_date);
  WriteAccessKeys(out, "root_keys", account.root_access_keys);
  WriteSigningCertificates(out, "root_certificates", account.root_signing_certificates);
  WriteTexts(out, "foreign_keys", account.foreign_key_ids);
  WriteText(out, "root_password", account.root_password_hash);
  WriteFlag(out, "root_password_reset", account.root_password_reset_required);
  WriteFlag(out, "root_mfa_required", account.root_mfa_required);
  if (account.root_password_changed) WriteTime(out, "root_password_changed", *account.root_password_changed);
  if (account.root_password_last_used) WriteTime(out, "root_password_used", *account.root_password_last_used);
  if (account.password_policy) WritePasswordPolicy(out, "password_policy", *account.password_policy);
  WritePairs(out, "properties", account.properties);
  WriteText(out, "outbound_issuer", account.outbound_issuer_id);
  WriteFlag(out, "outbound_enabled", account.outbound_federation_enabled);
  WriteTokenKeys(out, account.token_keys);
  if (account.credential_report_started) {
    WriteTime(out, "credential_report", *account.credential_report_started);
  }
  WriteSigninPlaces(out, "root_signin_places", account.root_signin_places);
  if (account.closed_at) WriteTime(out, "closed", *account.closed_at);
  out.Key("global_token_version").Int(account.global_endpoint_token_version);
  return EndBody(std::move(out));
}

base::Result<entity::Account> DecodeAccount(std::string_view body) {
  BodyReader reader("account", body);
  const BodyFields fields = reader.root();
  entity::Account account;
  account.id = base::AccountId(fields.Text("id"));
  account.name = fields.OptionalText("name");
  account.email = fields.OptionalText("email");
  account.alias = fields.OptionalText("alias");
  account.create_date = fields.Time("created");
  account.root_access_keys = ReadAccessKeys(fields, "root_keys");
  account.root_signing_certificates = ReadSigningCertificates(fields, "root_certificates");
  account.foreign_key_ids = fields.OptionalTexts("foreign_keys");
  account.root_password_hash = fields.OptionalText("root_password");
  account.root_password_reset_required = fields.Flag("root_password_reset");
  account.root_mfa_required = fields.Flag("root_mfa_required");
  account.root_password_changed = fields.OptionalTime("root_password_changed");
  account.root_password_last_used = fields.OptionalTime("root_password_used");
  account.password_policy = ReadPasswordPolicy(fields, "password_policy");
  account.properties = fields.OptionalPairs("properties");
  account.outbound_issuer_id = fields.OptionalText("outbound_issuer");
  account.outbound_federation_enabled = fields.Flag("outbound_enabled");
  fields.Each("token_keys", [&](const BodyFields& key) {
    account.token_keys.push_back(
        {key.Text("id"), key.Text("algorithm"), key.Bytes("key"), key.Text("jwk"), key.Time("created")});
  });
  account.credential_report_started = fields.OptionalTime("credential_report");
  account.root_signin_places = ReadSigninPlaces(fields, "root_signin_places");
  account.closed_at = fields.OptionalTime("closed");
  account.global_endpoint_token_version =
      static_cast<int32_t>(fields.Int("global_token_version", 1, std::numeric_limits<int32_t>::max()));
  if (!base::IsAccountId(account.id.value())) fields.Fault("id", "is not an account id");
  WK_TRY(reader.Finish());
  return account;
}

}  // namespace wardkeep::snapshot
