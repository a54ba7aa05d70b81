#include "snapshot/action_usage.h"

#include <algorithm>
#include <map>
#include <utility>

#include "snapshot/known_regions.h"
#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

// So that one transaction stays short.
constexpr std::size_t kWritesPerBatch = 500;
constexpr int64_t kBucketSeconds = 900;
static_assert(ActionUsage::kBucket == std::chrono::seconds(kBucketSeconds));

std::string Join(std::string_view service, std::string_view action) {
  std::string text(service);
  text += ':';
  return text += action;
}

}  // namespace

uint16_t ActionUsage::Names::NumberOf(std::string_view text) {
  if (text.empty()) return 0;
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  if (texts_.size() >= kMaxNames) return 0;
  const auto number = static_cast<uint16_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(text, number);
  return number;
}

std::string ActionUsage::Encode(const Principal& principal, const Names& names) {
  json::Writer out = BeginBody();
  out.Key("actions").BeginArray();
  for (const Entry& entry : principal.entries) {
    out.BeginObject().Key("action").String(names.TextOf(entry.action));
    WriteTime(out, "date", base::FromUnixSeconds(entry.seconds));
    WriteText(out, "region", names.TextOf(entry.region));
    out.EndObject();
  }
  out.EndArray();
  return EndBody(std::move(out));
}

base::Result<ActionUsage::Principal> ActionUsage::Decode(const storage::Document& document, Names& names) {
  BodyReader reader("action usage", document.body);
  const BodyFields fields = reader.root();
  Principal principal;
  principal.account = document.account;
  fields.Each("actions", [&](const BodyFields& item) {
    const std::string action = item.Text("action");
    if (action.find(':') == std::string::npos) item.Fault("action", "is no action");
    principal.entries.push_back({names.NumberOf(action),
                                 names.NumberOf(KnownRegion(item.OptionalText("region"))),
                                 base::ToUnixSeconds(item.Time("date"))});
  });
  WK_TRY(reader.Finish());
  return principal;
}

base::Result<void> ActionUsage::Load(storage::Store& store) {
  WK_ASSIGN(const auto documents, store.LoadKind(storage::DocumentKind::kActionUsage));
  for (const storage::Document& document : documents) {
    Shard& shard = ShardOf(document.id);
    const std::lock_guard lock(shard.mutex);
    WK_ASSIGN(Principal principal, Decode(document, shard.names));
    shard.principals.insert_or_assign(document.id, std::move(principal));
  }
  return {};
}

void ActionUsage::Record(const base::AccountId& account, std::string_view principal_id,
                         std::string_view service, std::string_view action, std::string_view region,
                         base::Instant now) {
  region = KnownRegion(region);
  const int64_t seconds = base::ToUnixSeconds(now);
  const std::string name = Join(service, action);
  Shard& shard = ShardOf(principal_id);
  const std::lock_guard lock(shard.mutex);
  const uint16_t number = shard.names.NumberOf(name);
  if (number == 0) return;
  auto found = shard.principals.find(principal_id);
  if (found == shard.principals.end()) {
    found = shard.principals.emplace(principal_id, Principal{account, false, {}}).first;
  }
  Principal& principal = found->second;
  const auto entry = std::ranges::find(principal.entries, number, &Entry::action);
  if (entry == principal.entries.end()) {
    principal.entries.push_back({number, shard.names.NumberOf(region), seconds});
    principal.changed = true;
  } else if (seconds / kBucketSeconds > entry->seconds / kBucketSeconds) {
    entry->seconds = seconds;
    entry->region = shard.names.NumberOf(region);
    principal.changed = true;
  }
}

std::vector<ActionUse> ActionUsage::Of(std::string_view principal_id) const {
  std::vector<ActionUse> uses;
  const Shard& shard = ShardOf(principal_id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.principals.find(principal_id);
  if (found == shard.principals.end()) return uses;
  for (const Entry& entry : found->second.entries) {
    const std::string& name = shard.names.TextOf(entry.action);
    const std::size_t colon = name.find(':');
    uses.push_back({name.substr(0, colon), name.substr(colon + 1), base::FromUnixSeconds(entry.seconds),
                    shard.names.TextOf(entry.region)});
  }
  return uses;
}

bool ActionUsage::IsGone(const Principal& principal, std::string_view id, const Directory& directory) {
  const AccountStatePtr state = directory.Find(principal.account);
  if (state == nullptr) return false;  // cannot be told
  return state->FindUserById(id) == nullptr && state->FindRoleById(id) == nullptr;
}

void ActionUsage::Flush(Directory& directory) {
  std::map<base::AccountId, std::vector<storage::DocumentWrite>> writes;
  const auto add = [&](const base::AccountId& account, std::string id, std::optional<std::string> body) {
    auto& batch = writes[account];
    batch.push_back({storage::DocumentKind::kActionUsage, std::move(id), "", std::move(body)});
    if (batch.size() == kWritesPerBatch) directory.WriteUsage(account, std::exchange(batch, {}));
  };
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (auto it = shard.principals.begin(); it != shard.principals.end();) {
      auto& [id, principal] = *it;
      if (IsGone(principal, id, directory)) {
        add(principal.account, id, std::nullopt);
        it = shard.principals.erase(it);
        continue;
      }
      if (std::exchange(principal.changed, false)) add(principal.account, id, Encode(principal, shard.names));
      ++it;
    }
  }
  for (auto& [account, batch] : writes) directory.WriteUsage(account, std::move(batch));
}

}  // namespace wardkeep::snapshot
