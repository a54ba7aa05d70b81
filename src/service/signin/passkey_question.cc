#include "service/signin/passkey_question.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "base/base64.h"
#include "pipeline/fido_challenges.h"

namespace wardkeep::service::signin {
namespace {

using base::Error;
using base::ErrorCode;

struct AnswerMember {
  std::string_view name;
  std::string pipeline::AssertionAnswer::*field;
};
constexpr std::array<AnswerMember, 4> kMembers = {{
    {"credentialId", &pipeline::AssertionAnswer::credential_id},
    {"clientDataJSON", &pipeline::AssertionAnswer::client_data},
    {"authenticatorData", &pipeline::AssertionAnswer::authenticator_data},
    {"signature", &pipeline::AssertionAnswer::signature},
}};

std::string Show(std::string_view bytes) {
  return base::Base64UrlEncode(base::AsBytes(bytes));
}

}  // namespace

void AskForPasskey(const pipeline::Services& services, const snapshot::AccountState& account,
                   std::string_view owner_id, json::Writer& body) {
  bool has_passkey = false;
  for (const entity::MfaDevice* device : account.MfaDevicesOf(owner_id)) {
    has_passkey = has_passkey || device->fido.has_value();
  }
  if (!has_passkey) return;
  const pipeline::PasskeyOptions options = pipeline::BeginAssertion(services, account, owner_id);
  const fido::RelyingParty& party = services.relying_party;
  const bool required = party.user_verification == fido::UserVerification::kRequired;
  body.Key("publicKey").BeginObject();
  body.Key("challenge").String(Show(options.challenge));
  body.Key("rpId").String(party.id);
  body.Key("allowCredentials").BeginArray();
  for (const std::string& id : options.credential_ids) {
    body.BeginObject().Key("type").String("public-key").Key("id").String(Show(id)).EndObject();
  }
  body.EndArray();
  body.Key("userVerification").String(required ? "required" : "preferred");
  body.Key("timeout").Int(std::chrono::milliseconds(pipeline::FidoChallenges::kLife).count());
  body.EndObject();
}

base::Result<std::optional<pipeline::AssertionAnswer>> ReadPasskeyAnswer(const Parameters& input) {
  pipeline::AssertionAnswer answer;
  std::size_t given = 0;
  for (const AnswerMember& member : kMembers) {
    if (!input.Has(member.name)) continue;
    const auto bytes = base::Base64UrlDecode(input.Text(member.name));
    if (!bytes || bytes->empty()) {
      return Error(ErrorCode::kInvalid, "The member " + std::string(member.name) + " is not base64url.");
    }
    (answer.*member.field).assign(bytes->begin(), bytes->end());
    ++given;
  }
  if (given == 0) return std::optional<pipeline::AssertionAnswer>();
  if (given != kMembers.size()) return Error(ErrorCode::kInvalid, "The answer of the passkey is incomplete.");
  return std::optional<pipeline::AssertionAnswer>(std::move(answer));
}

}  // namespace wardkeep::service::signin
