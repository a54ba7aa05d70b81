#include "entity/credential_id.h"

#include <array>
#include <string_view>

namespace wardkeep::entity {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

struct Form {
  std::string_view prefix;
  std::size_t random;  // characters after it
};

// In the order of the enumeration.
constexpr std::array<Form, 3> kForms = {{{"APKA", 16}, {"ACCA", 17}, {"ASCA", 17}}};

}  // namespace

std::string MakeCredentialId(CredentialKind kind, base::Rng& rng) {
  const Form& form = kForms[static_cast<std::size_t>(kind)];
  return std::string(form.prefix) + base::RandomText(rng, kAlphabet, form.random);
}

}  // namespace wardkeep::entity
