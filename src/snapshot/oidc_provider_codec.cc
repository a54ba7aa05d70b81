#include "snapshot/oidc_provider_codec.h"

#include <utility>

#include "snapshot/identity_propagation_parts.h"
#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeOidcProvider(const entity::OidcProvider& provider) {
  json::Writer out = BeginBody();
  out.Key("id").String(provider.id).Key("name").String(provider.name);
  WriteTime(out, "created", provider.create_date);
  WriteTexts(out, "client_ids", provider.client_ids);
  WriteTexts(out, "thumbprints", provider.thumbprints);
  WritePairs(out, "tags", provider.tags);
  WritePropagation(out, provider.propagation);
  return EndBody(std::move(out));
}

base::Result<entity::OidcProvider> DecodeOidcProvider(std::string_view body) {
  BodyReader reader("OIDC provider", body);
  const BodyFields fields = reader.root();
  entity::OidcProvider provider;
  provider.id = fields.Text("id");
  provider.name = fields.Text("name");
  provider.create_date = fields.Time("created");
  provider.client_ids = fields.OptionalTexts("client_ids");
  provider.thumbprints = fields.OptionalTexts("thumbprints");
  provider.tags = fields.OptionalPairs("tags");
  provider.propagation = ReadPropagation(fields);
  WK_TRY(reader.Finish());
  return provider;
}

}  // namespace wardkeep::snapshot
