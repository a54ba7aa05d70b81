#include "snapshot/sign_outs_codec.h"

#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeSignOuts(const entity::SignOuts& outs) {
  json::Writer out = BeginBody();
  out.Key("owner").String(outs.owner).Key("generation").Int(static_cast<int64_t>(outs.generation));
  out.Key("ended").BeginArray();
  for (const entity::EndedSession& session : outs.ended) {
    out.BeginObject().Key("id").String(session.id);
    WriteTime(out, "until", session.until);
    out.EndObject();
  }
  out.EndArray();
  return EndBody(std::move(out));
}

base::Result<entity::SignOuts> DecodeSignOuts(std::string_view body) {
  BodyReader reader("sign-outs", body);
  const BodyFields fields = reader.root();
  entity::SignOuts outs;
  outs.owner = fields.Text("owner");
  outs.generation = static_cast<uint64_t>(fields.Int("generation", 0, std::numeric_limits<int64_t>::max()));
  fields.Each("ended", [&](const BodyFields& item) {
    outs.ended.push_back({item.Text("id"), item.Time("until")});
  });
  WK_TRY(reader.Finish());
  return outs;
}

}  // namespace wardkeep::snapshot
