#include "differential/generate.h"

#include "differential/vocabulary.h"

namespace wardkeep::differential {
namespace {

using policy::DocumentKind;
using policy_case::SourceText;

constexpr std::string_view kFullAccess =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr std::string_view kFullAccessToAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})";

class Generator {
 public:
  Generator(ByteSource& bytes, const Knobs& knobs)
      : bytes_(bytes), knobs_(knobs), theme_(bytes.Below(Themes().size())) {}

  Scenario Make() {
    Scenario out;
    out.layers.identity = List(DocumentKind::kIdentity, 75);
    const bool trust = theme_ == kTrustTheme;
    if (bytes_.Chance(trust ? 85 : 65)) {
      out.layers.resource = One(trust ? DocumentKind::kTrust : DocumentKind::kResource);
    }
    if (bytes_.Chance(25)) out.layers.permissions_boundary = List(DocumentKind::kPermissionsBoundary, 85);
    if (bytes_.Chance(35)) out.layers.session = List(DocumentKind::kSession, 85);
    if (bytes_.Chance(25)) out.layers.service_control = Levels(DocumentKind::kServiceControl, kFullAccess);
    if (bytes_.Chance(20))
      out.layers.resource_control = Levels(DocumentKind::kResourceControl, kFullAccessToAll);
    if (bytes_.Chance(15)) out.layers.endpoint = List(DocumentKind::kEndpoint, 85);
    for (std::size_t i = 0; i < knobs_.requests; ++i) {
      // A role's trust policy goes with the requests that ask for the role, and only with them.
      const std::size_t other = bytes_.Chance(94) ? theme_ : bytes_.Below(Themes().size());
      const std::size_t theme = (other == kTrustTheme) == trust ? other : theme_;
      out.requests.push_back(GenerateRequest(bytes_, theme));
    }
    return out;
  }

 private:
  SourceText One(DocumentKind kind) { return {kind, GenerateDocument(bytes_, knobs_, kind, theme_)}; }

  std::vector<SourceText> List(DocumentKind kind, unsigned percent) {
    std::vector<SourceText> list;
    for (std::size_t i = 0; i < knobs_.documents && bytes_.Chance(percent); ++i) list.push_back(One(kind));
    return list;
  }

  std::vector<std::vector<SourceText>> Levels(DocumentKind kind, std::string_view full) {
    std::vector<std::vector<SourceText>> levels(bytes_.Below(3) + (bytes_.Chance(95) ? 1 : 0));
    for (std::vector<SourceText>& level : levels) {
      if (bytes_.Chance(80)) level.push_back({kind, std::string(full)});
      for (SourceText& source : List(kind, 40)) level.push_back(std::move(source));
    }
    return levels;
  }

  ByteSource& bytes_;
  const Knobs& knobs_;
  std::size_t theme_;
};

}  // namespace

Scenario Generate(ByteSource& bytes, const Knobs& knobs) {
  return Generator(bytes, knobs).Make();
}

}  // namespace wardkeep::differential
