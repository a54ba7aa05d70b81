#include "fido/client_data.h"

#include <utility>

#include "base/base64.h"
#include "json/parse.h"

namespace wardkeep::fido {
namespace {

const std::string* TextOf(const json::Value& root, std::string_view key) {
  const json::Value* member = root.Find(key);
  return member == nullptr ? nullptr : member->AsString();
}

}  // namespace

base::Result<ClientData, Refusal> ReadClientData(std::string_view json, Ceremony ceremony) {
  const auto root = json::Parse(json, {.max_depth = 8, .max_bytes = 16 * 1024});
  if (!root) return Refusal::kMalformed;
  const std::string* type = TextOf(*root, "type");
  const std::string* challenge = TextOf(*root, "challenge");
  const std::string* origin = TextOf(*root, "origin");
  if (type == nullptr || challenge == nullptr || origin == nullptr) return Refusal::kMalformed;
  const std::string_view wanted = ceremony == Ceremony::kRegistration ? "webauthn.create" : "webauthn.get";
  const json::Value* cross_origin = root->Find("crossOrigin");
  const bool framed = cross_origin != nullptr && cross_origin->AsBool() != false;
  if (*type != wanted || framed) return Refusal::kWrongType;
  const auto bytes = base::Base64UrlDecode(*challenge);
  if (!bytes) return Refusal::kMalformed;
  return ClientData{std::string(bytes->begin(), bytes->end()), *origin};
}

}  // namespace wardkeep::fido
