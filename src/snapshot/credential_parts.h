// The stored form of credentials that users and the root user own besides access keys. Writers leave out what
// is empty. Pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "entity/service_credential.h"
#include "entity/signing_certificate.h"
#include "entity/ssh_public_key.h"
#include "json/writer.h"
#include "snapshot/body_reader.h"

namespace wardkeep::snapshot {

void WriteSshKeys(json::Writer& out, std::string_view name, const std::vector<entity::SshPublicKey>& keys);
std::vector<entity::SshPublicKey> ReadSshKeys(const BodyFields& fields, std::string_view name);

void WriteSigningCertificates(json::Writer& out, std::string_view name,
                              const std::vector<entity::SigningCertificate>& certificates);
std::vector<entity::SigningCertificate> ReadSigningCertificates(const BodyFields& fields,
                                                                std::string_view name);

void WriteServiceCredentials(json::Writer& out, std::string_view name,
                             const std::vector<entity::ServiceCredential>& credentials);
std::vector<entity::ServiceCredential> ReadServiceCredentials(const BodyFields& fields,
                                                              std::string_view name);

}  // namespace wardkeep::snapshot
