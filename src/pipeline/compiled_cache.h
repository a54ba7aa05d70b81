// CompiledCache: compiled forms of policies that have no home in an account's state: AWS managed policies and
// session policies. Bounded: when the young generation is full it becomes the old one, and the former old one
// is dropped. Beside it stand the merged programs of principals. Thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "entity/stored_document.h"
#include "snapshot/effective_programs.h"

namespace wardkeep::pipeline {

class CompiledCache {
 public:
  explicit CompiledCache(std::size_t generation_size = 256) : generation_size_(generation_size) {}

  // The document of an AWS managed policy's ARN; null for an unknown ARN or a document that does not parse.
  entity::DocumentPtr AwsManaged(const std::string& arn);
  // The document of a session policy's text; null when it does not parse.
  entity::DocumentPtr Session(const std::string& text);

  snapshot::EffectivePrograms& programs() { return programs_; }

 private:
  entity::DocumentPtr Get(const std::string& key, const std::function<entity::DocumentPtr()>& make);

  const std::size_t generation_size_;
  std::mutex mutex_;
  std::unordered_map<std::string, entity::DocumentPtr> young_;  // guarded by mutex_
  std::unordered_map<std::string, entity::DocumentPtr> old_;    // guarded by mutex_
  snapshot::EffectivePrograms programs_;
};

}  // namespace wardkeep::pipeline
