// The stored form of entity::IdentityPropagation, part of the bodies of OIDC and SAML providers.
#pragma once

#include "entity/identity_propagation.h"
#include "json/writer.h"
#include "snapshot/body_reader.h"

namespace wardkeep::snapshot {

// Writes nothing for a provider that propagates nothing.
void WritePropagation(json::Writer& out, const entity::IdentityPropagation& propagation);
entity::IdentityPropagation ReadPropagation(const BodyFields& fields);

}  // namespace wardkeep::snapshot
