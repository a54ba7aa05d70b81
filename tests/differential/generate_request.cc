#include "differential/generate.h"
#include "differential/vocabulary.h"
#include "differential/word.h"

namespace wardkeep::differential {
namespace {

void FillContext(ByteSource& bytes, policy::RequestContext& context) {
  for (int i = 0; i < static_cast<int>(ValueKind::kCount); ++i) {
    const auto kind = static_cast<ValueKind>(i);
    for (const std::string_view key : KeysOf(kind)) {
      if (!bytes.Chance(55)) continue;
      if (key != "aws:TagKeys" && !bytes.Chance(6)) {
        context.Set(key, MakeValue(bytes, kind, Side::kContext));
        continue;
      }
      std::vector<std::string> values;
      for (std::size_t n = bytes.Below(4); n > 0; --n)
        values.push_back(MakeValue(bytes, kind, Side::kContext));
      context.SetMulti(key, std::move(values));
    }
  }
}

}  // namespace

policy::Request GenerateRequest(ByteSource& bytes, std::size_t theme_index) {
  const Theme& theme = Themes()[theme_index];
  policy::Request request;
  request.principal = bytes.Pick(Callers());
  if (request.principal.kind == policy::PrincipalKind::kRoot)
    request.principal.is_assumed_root = bytes.Chance(30);
  if (request.principal.kind == policy::PrincipalKind::kUser ||
      request.principal.kind == policy::PrincipalKind::kRoleSession)
    request.principal.is_narrowed = bytes.Chance(20);
  request.action = bytes.Pick(theme.actions);
  request.resource = bytes.Pick(theme.resources);
  if (bytes.Chance(4)) request.resource = bytes.Chance(50) ? "*" : "arn:aws:s3";
  if (theme_index == 0 && bytes.Chance(20))
    request.resource = "arn:aws:s3:::" + MakeResourcePart(bytes, Side::kContext);
  if (bytes.Chance(12)) request.resource_account = bytes.Chance(50) ? "111122223333" : "444455556666";
  request.wildcard_only = bytes.Chance(request.resource == "*" ? 50 : 2);
  FillContext(bytes, request.context);
  std::vector<std::pair<std::string, std::string>> tags;
  if (bytes.Chance(60)) tags.emplace_back("team", MakeValue(bytes, ValueKind::kText, Side::kContext));
  policy::FillPrincipalKeys(request.principal, tags, request.context);
  return request;
}

}  // namespace wardkeep::differential
