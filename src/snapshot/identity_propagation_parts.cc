#include "snapshot/identity_propagation_parts.h"

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

void WritePropagation(json::Writer& out, const entity::IdentityPropagation& propagation) {
  if (propagation.context_provider) {
    const entity::ContextProvider& provider = *propagation.context_provider;
    out.Key("context_provider").BeginObject();
    WriteText(out, "subject", provider.subject_source_key);
    WriteText(out, "type_value", provider.subject_type_value);
    WriteText(out, "type_source", provider.subject_type_source_key);
    WritePairs(out, "keys", provider.keys);
    out.EndObject();
  }
  WriteText(out, "identity_center", propagation.identity_center_instance);
}

entity::IdentityPropagation ReadPropagation(const BodyFields& fields) {
  entity::IdentityPropagation propagation;
  if (const auto object = fields.OptionalObject("context_provider")) {
    entity::ContextProvider& provider = propagation.context_provider.emplace();
    provider.subject_source_key = object->Text("subject");
    provider.subject_type_value = object->OptionalText("type_value");
    provider.subject_type_source_key = object->OptionalText("type_source");
    provider.keys = object->OptionalPairs("keys");
  }
  propagation.identity_center_instance = fields.OptionalText("identity_center");
  return propagation;
}

}  // namespace wardkeep::snapshot
