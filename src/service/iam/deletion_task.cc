#include "service/iam/deletion_task.h"

#include "base/base64.h"
#include "base/hex.h"
#include "crypto/constant_time.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::string_view kPrefix = "task/aws-service-role/";
constexpr std::size_t kUuidSize = 36;
constexpr std::size_t kMarkSize = 12;  // the last group of a UUID

// The key also tags the ids of report jobs; their texts begin with an account id.
std::string MarkOf(const crypto::SealingKey& key, const base::AccountId& account, std::string_view task) {
  const std::string tag = key.Tag("deletion-task|" + account.value() + "|" + std::string(task));
  return base::HexEncode(base::AsBytes(tag)).substr(0, kMarkSize);
}

// SERVICE/ROLE/UUID
bool HasForm(std::string_view task) {
  if (!task.starts_with(kPrefix)) return false;
  const std::string_view rest = task.substr(kPrefix.size());
  const std::size_t first = rest.find('/');
  const std::size_t last = rest.rfind('/');
  if (first == std::string_view::npos || first == 0 || last <= first + 1) return false;
  const std::string_view uuid = rest.substr(last + 1);
  if (uuid.size() != kUuidSize) return false;
  for (std::size_t i = 0; i < kUuidSize; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? uuid[i] != '-' : !base::HexByte('0', uuid[i])) return false;
  }
  return true;
}

}  // namespace

std::string MakeDeletionTask(const crypto::SealingKey& key, base::Rng& rng, const base::AccountId& account,
                             const entity::Role& role) {
  std::string task =
      std::string(kPrefix) + role.linked_service + "/" + role.name + "/" + base::RandomUuid(rng);
  task.resize(task.size() - kMarkSize);
  return task + MarkOf(key, account, task);
}

DeletionTask ReadDeletionTask(const crypto::SealingKey& key, const base::AccountId& account,
                              std::string_view task) {
  if (!HasForm(task)) return DeletionTask::kMalformed;
  const std::size_t end = task.size() - kMarkSize;
  const bool made = crypto::ConstantTimeEquals(MarkOf(key, account, task.substr(0, end)), task.substr(end));
  return made ? DeletionTask::kMade : DeletionTask::kUnknown;
}

}  // namespace wardkeep::service::iam
