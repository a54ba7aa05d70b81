// Arbitrary bytes as ids of report jobs, and jobs made of them. An id that opens is one that is made of what
// it opened as; what is made opens for its owner while it is young, and neither altered nor for another
// owner.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/base64.h"
#include "crypto/sealing.h"
#include "crypto/system_rng.h"
#include "service/iam/access_job.h"

namespace wardkeep::service::iam {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kOwner = "111122223333|AIDAAAAAAAAAAAAAAAAAA";
// Kind and granularity, the characters of the subject, the seconds, and which character is altered.
constexpr std::size_t kJobBytes = 1 + 17 + 4 + 2;

void Require(bool fact) {
  if (!fact) std::abort();
}

const crypto::SealingKey& TestKey() {
  static crypto::SystemRng rng;
  static const crypto::SealingKey key(crypto::KeyBytes(std::array<uint8_t, crypto::KeyBytes::kSize>{}), rng);
  return key;
}

void CheckText(std::string_view text, base::Instant now) {
  const auto job = DecodeJobId(TestKey(), kOwner, text, now);
  if (job) Require(EncodeJobId(TestKey(), kOwner, *job) == text && now - job->created <= 7 * 24h);
}

AccessJob JobOf(const uint8_t* data) {
  AccessJob job;
  job.subject_id = entity::UniqueIdPrefix(static_cast<entity::UniqueIdKind>(data[0] % 5));
  job.action_level = data[0] >= 128;
  for (std::size_t i = 1; i <= 17; ++i) job.subject_id += kAlphabet[data[i] % kAlphabet.size()];
  uint32_t seconds = 0;
  for (std::size_t i = 18; i < 22; ++i) seconds = seconds << 8U | data[i];
  job.created = base::FromUnixSeconds(seconds);
  return job;
}

void CheckJob(const AccessJob& job, std::size_t place, uint8_t change) {
  const std::string id = EncodeJobId(TestKey(), kOwner, job);
  Require(id.size() == 36);
  const auto read = DecodeJobId(TestKey(), kOwner, id, job.created + 7 * 24h);
  Require(read && read->subject_id == job.subject_id && read->action_level == job.action_level &&
          read->created == job.created);
  Require(!DecodeJobId(TestKey(), kOwner, id, job.created + 7 * 24h + 1s));
  Require(!DecodeJobId(TestKey(), "111122223333|AIDAAAAAAAAAAAAAAAAAB", id, job.created));
  std::string altered = id;
  altered[place % altered.size()] = static_cast<char>(change);
  Require(altered == id || !DecodeJobId(TestKey(), kOwner, altered, job.created));
}

}  // namespace
}  // namespace wardkeep::service::iam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;
  using namespace wardkeep::service::iam;
  const base::Instant now = base::FromUnixSeconds(1'772'366'400);
  CheckText({reinterpret_cast<const char*>(data), size}, now);
  CheckText(base::Base64UrlEncode({data, std::min<std::size_t>(size, 27)}), now);
  if (size >= kJobBytes) CheckJob(JobOf(data), data[22], data[23]);
  return 0;
}
