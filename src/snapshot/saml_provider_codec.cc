#include "snapshot/saml_provider_codec.h"

#include <utility>

#include "snapshot/identity_propagation_parts.h"
#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeSamlProvider(const entity::SamlProvider& provider) {
  json::Writer out = BeginBody();
  out.Key("id").String(provider.id).Key("name").String(provider.name);
  WriteTime(out, "created", provider.create_date);
  WriteTime(out, "valid_until", provider.valid_until);
  out.Key("metadata").String(*provider.metadata);
  WriteText(out, "encryption", provider.encryption_mode);
  if (!provider.private_keys.empty()) {
    out.Key("private_keys").BeginArray();
    for (const entity::SamlPrivateKey& key : provider.private_keys) {
      out.BeginObject().Key("id").String(key.id);
      WriteBytes(out, "key", key.sealed_key);
      WriteTime(out, "created", key.create_date);
      out.EndObject();
    }
    out.EndArray();
  }
  WritePairs(out, "tags", provider.tags);
  WritePropagation(out, provider.propagation);
  WriteText(out, "issuer", provider.issuer);
  WriteTexts(out, "key_hashes", provider.key_hashes);
  return EndBody(std::move(out));
}

base::Result<entity::SamlProvider> DecodeSamlProvider(std::string_view body) {
  BodyReader reader("SAML provider", body);
  const BodyFields fields = reader.root();
  entity::SamlProvider provider;
  provider.id = fields.Text("id");
  provider.name = fields.Text("name");
  provider.create_date = fields.Time("created");
  provider.valid_until = fields.Time("valid_until");
  provider.metadata = std::make_shared<const std::string>(fields.Text("metadata"));
  provider.encryption_mode = fields.OptionalText("encryption");
  fields.Each("private_keys", [&](const BodyFields& key) {
    provider.private_keys.push_back({key.Text("id"), key.Bytes("key"), key.Time("created")});
  });
  provider.tags = fields.OptionalPairs("tags");
  provider.propagation = ReadPropagation(fields);
  provider.issuer = fields.OptionalText("issuer");
  provider.key_hashes = fields.OptionalTexts("key_hashes");
  WK_TRY(reader.Finish());
  return provider;
}

}  // namespace wardkeep::snapshot
