#include "pipeline/compiled_cache.h"

#include <utility>

#include "catalog/managed_policies.h"
#include "wardkeep/parse.h"

namespace wardkeep::pipeline {
namespace {

policy::PolicyPtr CompileText(std::string_view text, policy::DocumentKind kind) {
  const policy::ParseOutcome outcome = policy::ParseDocument(text, kind);
  return outcome.document == nullptr ? nullptr : policy::Compile(*outcome.document);
}

}  // namespace

policy::PolicyPtr CompiledCache::AwsManaged(const std::string& arn) {
  return Get(arn, [&]() -> policy::PolicyPtr {
    const auto entry = catalog::FindManagedPolicy(arn);
    if (!entry) return nullptr;
    return CompileText(catalog::ManagedPolicyDocument(*entry), policy::DocumentKind::kIdentity);
  });
}

policy::PolicyPtr CompiledCache::Session(const std::string& text) {
  // An ARN never begins with '{', so the two kinds of key cannot meet.
  return Get(text, [&] { return CompileText(text, policy::DocumentKind::kSession); });
}

policy::PolicyPtr CompiledCache::Get(const std::string& key, const std::function<policy::PolicyPtr()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = young_.find(key); it != young_.end()) return it->second;
    if (const auto it = old_.find(key); it != old_.end()) {
      policy::PolicyPtr found = it->second;
      young_.emplace(key, found);
      return found;
    }
  }
  policy::PolicyPtr made = make();  // outside the lock: two threads may both compile, which is harmless
  if (made == nullptr) return nullptr;
  const std::lock_guard lock(mutex_);
  if (young_.size() >= generation_size_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert_or_assign(key, made);
  return made;
}

}  // namespace wardkeep::pipeline
