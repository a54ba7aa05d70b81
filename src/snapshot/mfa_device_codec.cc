#include "snapshot/mfa_device_codec.h"

#include <array>
#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

using entity::MfaKind;
using entity::TotpHash;

template <typename T>
struct Word {
  T value;
  std::string_view text;
};

// The words are part of the stored format.
constexpr std::array<Word<MfaKind>, 3> kKinds = {
    {{MfaKind::kVirtual, "virtual"}, {MfaKind::kHardware, "hardware"}, {MfaKind::kFido, "fido"}}};
constexpr std::array<Word<TotpHash>, 3> kHashes = {
    {{TotpHash::kSha1, "sha1"}, {TotpHash::kSha256, "sha256"}, {TotpHash::kSha512, "sha512"}}};

template <typename T, std::size_t N>
std::string_view TextOf(const std::array<Word<T>, N>& words, T value) {
  for (const auto& word : words) {
    if (word.value == value) return word.text;
  }
  return {};
}

template <typename T, std::size_t N>
T Read(const std::array<Word<T>, N>& words, const BodyFields& fields, std::string_view name) {
  const std::string text = fields.Text(name);
  for (const auto& word : words) {
    if (word.text == text) return word.value;
  }
  fields.Fault(name, "is not a known word");
  return T{};
}

constexpr int64_t kLastStep = std::numeric_limits<int64_t>::max() / 4;
constexpr int64_t kMostDrift = 1'000'000;

void WriteTotp(json::Writer& out, const entity::Totp& totp) {
  WriteBytes(out, "seed", totp.sealed_seed);
  out.Key("hash").String(TextOf(kHashes, totp.form.hash));
  out.Key("period").Int(totp.form.period_seconds);
  out.Key("drift").Int(totp.drift_steps);
  out.Key("last_step").Int(totp.last_used_step);
}

entity::Totp ReadTotp(const BodyFields& fields) {
  entity::Totp totp;
  totp.sealed_seed = fields.Bytes("seed");
  totp.form.hash = Read(kHashes, fields, "hash");
  totp.form.period_seconds = static_cast<int32_t>(fields.Int("period", 1, 3600));
  totp.drift_steps = fields.Int("drift", -kMostDrift, kMostDrift);
  totp.last_used_step = fields.Int("last_step", -1, kLastStep);
  return totp;
}

void WriteFido(json::Writer& out, const entity::FidoCredential& fido) {
  WriteBytes(out, "credential", fido.credential_id);
  WriteBytes(out, "key", fido.public_key);
  out.Key("algorithm").Int(fido.algorithm);
  out.Key("count").Int(fido.sign_count);
  WriteBytes(out, "aaguid", fido.aaguid);
}

entity::FidoCredential ReadFido(const BodyFields& fields) {
  entity::FidoCredential fido;
  fido.credential_id = fields.Bytes("credential");
  fido.public_key = fields.Bytes("key");
  fido.algorithm = static_cast<int32_t>(fields.Int("algorithm", -65535, 0));
  fido.sign_count = static_cast<uint32_t>(fields.Int("count", 0, std::numeric_limits<uint32_t>::max()));
  fido.aaguid = fields.Bytes("aaguid");
  return fido;
}

}  // namespace

std::string EncodeMfaDevice(const entity::MfaDevice& device) {
  json::Writer out = BeginBody();
  out.Key("serial").String(device.serial_number);
  out.Key("kind").String(TextOf(kKinds, device.kind));
  WriteText(out, "name", device.name);
  WriteTime(out, "created", device.create_date);
  WritePairs(out, "tags", device.tags);
  WriteText(out, "owner", device.owner_id);
  if (device.enable_date) WriteTime(out, "enabled", *device.enable_date);
  if (device.totp) WriteTotp(out, *device.totp);
  if (device.fido) WriteFido(out, *device.fido);
  return EndBody(std::move(out));
}

base::Result<entity::MfaDevice> DecodeMfaDevice(std::string_view body) {
  BodyReader reader("MFA device", body);
  const BodyFields fields = reader.root();
  entity::MfaDevice device;
  device.serial_number = fields.Text("serial");
  device.kind = Read(kKinds, fields, "kind");
  device.name = fields.OptionalText("name");
  device.create_date = fields.Time("created");
  device.tags = fields.OptionalPairs("tags");
  device.owner_id = fields.OptionalText("owner");
  device.enable_date = fields.OptionalTime("enabled");
  if (device.is_assigned() != device.enable_date.has_value())
    fields.Fault("enabled", "does not go with owner");
  if (device.kind != MfaKind::kFido) {
    device.totp = ReadTotp(fields);
  } else {
    device.fido = ReadFido(fields);
    if (!device.is_assigned()) fields.Fault("owner", "is missing");
  }
  WK_TRY(reader.Finish());
  return device;
}

}  // namespace wardkeep::snapshot
