#include "snapshot/credential_parts.h"

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

using entity::KeyStatus;

void WriteStatus(json::Writer& out, KeyStatus status) {
  WriteFlag(out, "inactive", status == KeyStatus::kInactive);
}

KeyStatus ReadStatus(const BodyFields& item) {
  return item.Flag("inactive") ? KeyStatus::kInactive : KeyStatus::kActive;
}

// An array of objects, each filled by `write`; nothing for an empty list.
template <typename T, typename Write>
void WriteEach(json::Writer& out, std::string_view name, const std::vector<T>& items, Write write) {
  if (items.empty()) return;
  out.Key(name).BeginArray();
  for (const T& item : items) {
    out.BeginObject().Key("id").String(item.id);
    write(item);
    WriteStatus(out, item.status);
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

void WriteSshKeys(json::Writer& out, std::string_view name, const std::vector<entity::SshPublicKey>& keys) {
  WriteEach(out, name, keys, [&](const entity::SshPublicKey& key) {
    WriteBytes(out, "wire", key.wire);
    WriteTime(out, "uploaded", key.upload_date);
  });
}

std::vector<entity::SshPublicKey> ReadSshKeys(const BodyFields& fields, std::string_view name) {
  std::vector<entity::SshPublicKey> keys;
  fields.Each(name, [&](const BodyFields& item) {
    keys.push_back({item.Text("id"), item.Bytes("wire"), ReadStatus(item), item.Time("uploaded")});
  });
  return keys;
}

void WriteSigningCertificates(json::Writer& out, std::string_view name,
                              const std::vector<entity::SigningCertificate>& certificates) {
  WriteEach(out, name, certificates, [&](const entity::SigningCertificate& certificate) {
    out.Key("body").String(certificate.body).Key("digest").String(certificate.digest);
    WriteTime(out, "uploaded", certificate.upload_date);
    WriteTime(out, "rotated", certificate.last_rotated);
  });
}

std::vector<entity::SigningCertificate> ReadSigningCertificates(const BodyFields& fields,
                                                                std::string_view name) {
  std::vector<entity::SigningCertificate> certificates;
  fields.Each(name, [&](const BodyFields& item) {
    certificates.push_back({item.Text("id"), item.Text("body"), item.Text("digest"), ReadStatus(item),
                            item.Time("uploaded"), item.Time("rotated")});
  });
  return certificates;
}

void WriteServiceCredentials(json::Writer& out, std::string_view name,
                             const std::vector<entity::ServiceCredential>& credentials) {
  WriteEach(out, name, credentials, [&](const entity::ServiceCredential& credential) {
    out.Key("service").String(credential.service).Key("name").String(credential.public_name);
    out.Key("digest").String(credential.secret_digest);
    WriteTime(out, "created", credential.create_date);
    if (credential.expiration) WriteTime(out, "expires", *credential.expiration);
  });
}

std::vector<entity::ServiceCredential> ReadServiceCredentials(const BodyFields& fields,
                                                              std::string_view name) {
  std::vector<entity::ServiceCredential> credentials;
  fields.Each(name, [&](const BodyFields& item) {
    credentials.push_back({item.Text("id"), item.Text("service"), item.Text("name"), item.Text("digest"),
                           ReadStatus(item), item.Time("created"), item.OptionalTime("expires")});
  });
  return credentials;
}

}  // namespace wardkeep::snapshot
