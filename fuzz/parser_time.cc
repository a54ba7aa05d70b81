// Every parser of foreign bytes beside that of policies takes time linear in its input. The first byte picks
// the parser; the rest is stretched to a long input.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "auth/canonical_request.h"
#include "auth/query_parameters.h"
#include "base/base64.h"
#include "certificate/pem.h"
#include "federation/idp_certificate.h"
#include "federation/oidc_url.h"
#include "federation/saml_metadata.h"
#include "fido/authenticator_data.h"
#include "fido/cbor_span.h"
#include "fido/client_data.h"
#include "json/parse.h"
#include "linear_time.h"
#include "net/request_reader.h"
#include "wire/form.h"
#include "xml/markup_bounds.h"

namespace {

using namespace wardkeep;

void ReadHttp(std::string_view bytes) {
  const net::Limits limits;
  net::RequestReader reader(limits);
  while (true) {
    const auto progress = reader.Advance();
    if (progress == net::RequestReader::Progress::kRefused) return;
    if (progress == net::RequestReader::Progress::kHeadRead) continue;
    if (progress == net::RequestReader::Progress::kComplete) {
      reader.TakeRequest();
      continue;
    }
    if (bytes.empty()) return;
    const auto space = reader.Space();
    const std::size_t count = std::min(space.size(), bytes.size());
    std::copy_n(bytes.begin(), count, space.begin());
    reader.Commit(count);
    bytes.remove_prefix(count);
  }
}

void ReadSignature(std::string_view text) {
  const auto ends = text.find('\n');
  auth::CanonicalPath(text.substr(0, ends));
  auth::CanonicalQuery(text, auth::SignatureForm::kHeader);
  (void)auth::ParseQueryParameters(text);
  const std::array<auth::HeaderView, 2> headers = {{{"host", text}, {"x-amz-date", text}}};
  auth::CanonicalHeaders(headers, "host;x-amz-date");
}

void ReadAuthenticator(std::string_view bytes) {
  fido::ItemSize(bytes);
  fido::SplitAttestationObject(bytes);
  fido::ReadAuthenticatorData(bytes, fido::AttestedCredential::kRequired);
}

struct Parser {
  const char* what;
  void (*read)(std::string_view text);
  std::size_t size = std::size_t{1} << 16;  // of the input
  fuzzing::TimeBound bound = {};
};

constexpr Parser kParsers[] = {
    {"SAML metadata", [](std::string_view text) { (void)federation::ReadSamlMetadata(text); }},
    {"XML markup", [](std::string_view text) { (void)xml::IsWithinBounds(text); }},
    {"JSON", [](std::string_view text) { (void)json::Parse(text); }},
    {"forms", [](std::string_view text) { (void)wire::ParseForm(text); }},
    {"HTTP", ReadHttp},
    {"signatures",
     ReadSignature,
     std::size_t{1} << 14,
     {.seconds_per_byte = 1e-5}},  // a head has no more; sorted thrice
    {"CBOR of authenticators", ReadAuthenticator},
    {"client data",
     [](std::string_view text) { (void)fido::ReadClientData(text, fido::Ceremony::kAssertion); }},
    {"PEM", [](std::string_view text) { (void)certificate::ReadPem(text, 20); }},
    {"base64", [](std::string_view text) { (void)base::Base64Decode(text); }},
    {"URLs of providers", [](std::string_view text) { (void)federation::OidcProviderName(text); }},
    {"discovery documents", [](std::string_view text) { (void)federation::CheckDiscovery(text, "a.com"); }},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const Parser& parser = kParsers[data[0] % std::size(kParsers)];
  const std::string text = fuzzing::Stretched({data + 1, size - 1}, parser.size);
  fuzzing::ExpectLinearTime(
      parser.what, text.size(), [&] { parser.read(text); }, parser.bound);
  return 0;
}
