// The stored form of what several kinds of entity own: tags, inline policies, access keys, lists of names and
// times. Writers leave out what is empty. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entity/access_key.h"
#include "entity/inline_policy.h"
#include "entity/tag.h"
#include "json/writer.h"
#include "snapshot/body_reader.h"

namespace wardkeep::snapshot {

// Begins a body with its format version.
json::Writer BeginBody();
std::string EndBody(json::Writer out);

void WriteText(json::Writer& out, std::string_view name, std::string_view text);  // nothing when empty
void WriteTexts(json::Writer& out, std::string_view name, const std::vector<std::string>& texts);
void WritePairs(json::Writer& out, std::string_view name,
                const std::vector<std::pair<std::string, std::string>>& pairs);
void WriteBytes(json::Writer& out, std::string_view name, std::string_view bytes);
void WriteTime(json::Writer& out, std::string_view name, base::Instant time);
void WriteFlag(json::Writer& out, std::string_view name, bool flag);  // nothing when false

void WriteInlinePolicies(json::Writer& out, const entity::InlinePolicies& policies);
entity::InlinePolicies ReadInlinePolicies(const BodyFields& fields);

void WriteAccessKeys(json::Writer& out, std::string_view name, const std::vector<entity::AccessKey>& keys);
std::vector<entity::AccessKey> ReadAccessKeys(const BodyFields& fields, std::string_view name);

}  // namespace wardkeep::snapshot
