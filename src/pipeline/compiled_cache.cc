#include "pipeline/compiled_cache.h"

#include <utility>

#include "catalog/managed_policies.h"

namespace wardkeep::pipeline {
namespace {

entity::DocumentPtr CompileText(std::string text, policy::DocumentKind kind) {
  auto document = std::make_shared<const entity::StoredDocument>(std::move(text), kind);
  return document->compiled() == nullptr ? nullptr : document;
}

}  // namespace

entity::DocumentPtr CompiledCache::AwsManaged(const std::string& arn) {
  return Get(arn, [&]() -> entity::DocumentPtr {
    const auto entry = catalog::FindManagedPolicy(arn);
    if (!entry) return nullptr;
    return CompileText(std::string(catalog::ManagedPolicyDocument(*entry)), policy::DocumentKind::kIdentity);
  });
}

entity::DocumentPtr CompiledCache::Session(const std::string& text) {
  // An ARN never begins with '{', so the two kinds of key cannot meet.
  return Get(text, [&] { return CompileText(text, policy::DocumentKind::kSession); });
}

entity::DocumentPtr CompiledCache::Get(const std::string& key,
                                       const std::function<entity::DocumentPtr()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = young_.find(key); it != young_.end()) return it->second;
    if (const auto it = old_.find(key); it != old_.end()) {
      entity::DocumentPtr found = it->second;
      young_.emplace(key, found);
      return found;
    }
  }
  entity::DocumentPtr made = make();  // outside the lock: two threads may both compile, which is harmless
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
