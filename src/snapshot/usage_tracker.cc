#include "snapshot/usage_tracker.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "snapshot/known_regions.h"
#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

// So that one transaction stays short.
constexpr std::size_t kWritesPerBatch = 500;

int64_t BucketOf(base::Instant time) {
  return std::chrono::floor<std::chrono::duration<int64_t, std::ratio<900>>>(time.time_since_epoch()).count();
}
static_assert(UsageTracker::kBucket == std::chrono::seconds(900));

}  // namespace

std::string UsageTracker::Encode(const Fact& fact) {
  json::Writer out = BeginBody();
  out.Key("owner").String(fact.owner == Owner::kKey ? "key" : "role");
  WriteTime(out, "date", fact.date);
  WriteText(out, "service", fact.service);
  WriteText(out, "region", fact.region);
  return EndBody(std::move(out));
}

base::Result<UsageTracker::Fact> UsageTracker::Decode(const storage::Document& document) {
  BodyReader reader("usage", document.body);
  const BodyFields fields = reader.root();
  Fact fact;
  fact.account = document.account;
  const std::string owner = fields.Text("owner");
  if (owner != "key" && owner != "role") fields.Fault("owner", "is unknown");
  fact.owner = owner == "role" ? Owner::kRole : Owner::kKey;
  fact.date = fields.Time("date");
  fact.service = fields.OptionalText("service");
  fact.region = KnownRegion(fields.OptionalText("region"));
  WK_TRY(reader.Finish());
  return fact;
}

base::Result<void> UsageTracker::Load(storage::Store& store) {
  WK_TRY(actions_.Load(store));
  WK_ASSIGN(const auto documents, store.LoadKind(storage::DocumentKind::kUsage));
  for (const auto& document : documents) {
    WK_ASSIGN(Fact fact, Decode(document));
    Shard& shard = ShardOf(document.id);
    const std::lock_guard lock(shard.mutex);
    shard.facts.insert_or_assign(document.id, std::move(fact));
  }
  return {};
}

void UsageTracker::Record(Owner owner, const base::AccountId& account, std::string_view id,
                          std::string_view service, std::string_view region, base::Instant now) {
  region = KnownRegion(region);
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.facts.find(id);
  if (found == shard.facts.end()) {
    shard.facts.emplace(id, Fact{account, owner, true, now, std::string(service), std::string(region)});
    return;
  }
  Fact& fact = found->second;
  if (BucketOf(now) > BucketOf(fact.date)) {
    fact.date = now;
  } else if (fact.service == service && fact.region == region) {
    return;
  }
  fact.service = service;
  fact.region = region;
  fact.changed = true;
}

void UsageTracker::RecordKey(const base::AccountId& account, std::string_view access_key_id,
                             std::string_view service, std::string_view region, base::Instant now) {
  Record(Owner::kKey, account, access_key_id, service, region, now);
}

void UsageTracker::RecordRole(const base::AccountId& account, std::string_view role_id,
                              std::string_view region, base::Instant now) {
  Record(Owner::kRole, account, role_id, "", region, now);
}

std::optional<UsageTracker::Fact> UsageTracker::Find(Owner owner, std::string_view id) const {
  const Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.facts.find(id);
  if (found == shard.facts.end() || found->second.owner != owner) return std::nullopt;
  return found->second;
}

std::optional<KeyUse> UsageTracker::KeyUsage(std::string_view access_key_id) const {
  auto fact = Find(Owner::kKey, access_key_id);
  if (!fact) return std::nullopt;
  return KeyUse{fact->date, std::move(fact->service), std::move(fact->region)};
}

std::optional<RoleUse> UsageTracker::RoleUsage(std::string_view role_id) const {
  auto fact = Find(Owner::kRole, role_id);
  if (!fact) return std::nullopt;
  return RoleUse{fact->date, std::move(fact->region)};
}

bool UsageTracker::IsGone(const Fact& fact, std::string_view id, const Directory& directory) {
  const AccountStatePtr state = directory.Find(fact.account);
  if (state == nullptr) return false;  // cannot be told
  if (fact.owner == Owner::kRole) return state->FindRoleById(id) == nullptr;
  if (state->FindKeyOwner(id) != nullptr) return false;
  const auto& root_keys = state->account().root_access_keys;
  return std::none_of(root_keys.begin(), root_keys.end(), [&](const auto& key) { return key.id == id; });
}

void UsageTracker::Flush(Directory& directory) {
  actions_.Flush(directory);
  std::map<base::AccountId, std::vector<storage::DocumentWrite>> writes;
  const auto add = [&](const base::AccountId& account, std::string id, std::optional<std::string> body) {
    auto& batch = writes[account];
    batch.push_back({storage::DocumentKind::kUsage, std::move(id), "", std::move(body)});
    if (batch.size() == kWritesPerBatch) directory.WriteUsage(account, std::exchange(batch, {}));
  };
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (auto it = shard.facts.begin(); it != shard.facts.end();) {
      auto& [id, fact] = *it;
      if (IsGone(fact, id, directory)) {
        add(fact.account, id, std::nullopt);
        it = shard.facts.erase(it);
        continue;
      }
      if (std::exchange(fact.changed, false)) add(fact.account, id, Encode(fact));
      ++it;
    }
  }
  for (auto& [account, batch] : writes) directory.WriteUsage(account, std::move(batch));
}

}  // namespace wardkeep::snapshot
