#include "snapshot/server_certificate_codec.h"

#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeServerCertificate(const entity::ServerCertificate& certificate) {
  json::Writer out = BeginBody();
  out.Key("id").String(certificate.id).Key("name").String(certificate.name);
  out.Key("path").String(certificate.path).Key("body").String(certificate.body);
  WriteText(out, "chain", certificate.chain);
  WriteBytes(out, "sealed_key", certificate.sealed_private_key);
  WriteTime(out, "uploaded", certificate.upload_date);
  WriteTime(out, "expires", certificate.expiration);
  WritePairs(out, "tags", certificate.tags);
  return EndBody(std::move(out));
}

base::Result<entity::ServerCertificate> DecodeServerCertificate(std::string_view body) {
  BodyReader reader("server certificate", body);
  const BodyFields fields = reader.root();
  entity::ServerCertificate certificate;
  certificate.id = fields.Text("id");
  certificate.name = fields.Text("name");
  certificate.path = fields.Text("path");
  certificate.body = fields.Text("body");
  certificate.chain = fields.OptionalText("chain");
  certificate.sealed_private_key = fields.Bytes("sealed_key");
  certificate.upload_date = fields.Time("uploaded");
  certificate.expiration = fields.Time("expires");
  certificate.tags = fields.OptionalPairs("tags");
  WK_TRY(reader.Finish());
  return certificate;
}

}  // namespace wardkeep::snapshot
