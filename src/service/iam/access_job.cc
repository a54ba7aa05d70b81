#include "service/iam/access_job.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/assert.h"
#include "base/base64.h"
#include "crypto/constant_time.h"

namespace wardkeep::service::iam {
namespace {

// The 27 bytes of an id: kind and granularity, the 17 characters of the subject's id at five bits each,
// seconds, tag.
constexpr std::size_t kIdCharacters = 17;
constexpr std::size_t kIdBytes = 11;
constexpr std::size_t kSecondBytes = 4;
constexpr std::size_t kTagBytes = 11;
constexpr std::size_t kPayloadBytes = 1 + kIdBytes + kSecondBytes;
constexpr uint8_t kActionLevel = 0x80;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::chrono::hours kJobAge{7 * 24};

// Another session of the same role may read what the role began.
std::string OwnerOf(const pipeline::OperationContext& context) {
  const pipeline::CallerIdentity& caller = context.caller;
  return caller.account_id.value() + "|" + (caller.role != nullptr ? caller.role->id : caller.user_id);
}

std::string TagOf(const crypto::SealingKey& key, std::string_view owner, std::string_view payload) {
  std::string text(owner);
  text += "|";
  text += payload;
  return key.Tag(text).substr(0, kTagBytes);
}

void PackId(std::string_view characters, std::string& out) {
  uint32_t bits = 0;
  int count = 0;
  for (const char c : characters) {
    const std::size_t digit = kAlphabet.find(c);
    WK_ASSERT(digit != std::string_view::npos);
    bits = bits << 5U | static_cast<uint32_t>(digit);
    count += 5;
    while (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> static_cast<unsigned>(count));
    }
  }
  out += static_cast<char>(bits << static_cast<unsigned>(8 - count));
}

std::string UnpackId(std::string_view bytes) {
  std::string out;
  uint32_t bits = 0;
  unsigned count = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<uint8_t>(byte);
    count += 8;
    while (count >= 5 && out.size() < kIdCharacters) {
      count -= 5;
      out += kAlphabet[bits >> count & 31U];
    }
  }
  return out;
}

}  // namespace

std::string EncodeJobId(const crypto::SealingKey& key, std::string_view owner, const AccessJob& job) {
  const auto kind = entity::UniqueIdKindOf(job.subject_id);
  WK_ASSERT(kind && job.subject_id.size() == 4 + kIdCharacters);
  std::string id(1, static_cast<char>(static_cast<uint8_t>(*kind) | (job.action_level ? kActionLevel : 0)));
  PackId(std::string_view(job.subject_id).substr(4), id);
  const auto seconds = static_cast<uint32_t>(base::ToUnixSeconds(job.created));
  for (const unsigned shift : {24U, 16U, 8U, 0U}) id += static_cast<char>(seconds >> shift);
  id += TagOf(key, owner, id);
  return base::Base64UrlEncode(base::AsBytes(id));
}

std::optional<AccessJob> DecodeJobId(const crypto::SealingKey& key, std::string_view owner,
                                     std::string_view job_id, base::Instant now) {
  const auto decoded = base::Base64UrlDecode(job_id);
  if (!decoded || decoded->size() != kPayloadBytes + kTagBytes) return std::nullopt;
  const std::string bytes(decoded->begin(), decoded->end());
  const std::string_view payload = std::string_view(bytes).substr(0, kPayloadBytes);
  const std::string_view tag = std::string_view(bytes).substr(kPayloadBytes);
  if (!crypto::ConstantTimeEquals(TagOf(key, owner, payload), tag)) return std::nullopt;
  const auto flags = static_cast<uint8_t>(payload[0]);
  AccessJob job;
  job.action_level = (flags & kActionLevel) != 0;
  job.subject_id =
      std::string(entity::UniqueIdPrefix(static_cast<entity::UniqueIdKind>(flags & ~kActionLevel))) +
      UnpackId(payload.substr(1, kIdBytes));
  uint32_t seconds = 0;
  for (const char byte : payload.substr(1 + kIdBytes)) seconds = seconds << 8U | static_cast<uint8_t>(byte);
  job.created = base::FromUnixSeconds(seconds);
  if (now - job.created > kJobAge) return std::nullopt;
  return job;
}

std::string MakeJobId(const pipeline::OperationContext& context, const AccessJob& job) {
  return EncodeJobId(context.services.keys.report_job, OwnerOf(context), job);
}

std::optional<AccessJob> ReadJobId(const pipeline::OperationContext& context, std::string_view job_id) {
  return DecodeJobId(context.services.keys.report_job, OwnerOf(context), job_id, context.now);
}

}  // namespace wardkeep::service::iam
