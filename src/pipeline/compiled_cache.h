// CompiledCache: compiled forms of policies that have no home in an account's state: AWS managed policies and
// session policies. Bounded: when the young generation is full it becomes the old one, and the former old one
// is dropped. Thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "wardkeep/evaluate.h"

namespace wardkeep::pipeline {

class CompiledCache {
 public:
  explicit CompiledCache(std::size_t generation_size = 256) : generation_size_(generation_size) {}

  // The policy of an AWS managed policy's ARN; null for an unknown ARN or a document that does not parse.
  policy::PolicyPtr AwsManaged(const std::string& arn);
  // The policy of a session policy's text; null when it does not parse.
  policy::PolicyPtr Session(const std::string& text);

 private:
  policy::PolicyPtr Get(const std::string& key, const std::function<policy::PolicyPtr()>& make);

  const std::size_t generation_size_;
  std::mutex mutex_;
  std::unordered_map<std::string, policy::PolicyPtr> young_;  // guarded by mutex_
  std::unordered_map<std::string, policy::PolicyPtr> old_;    // guarded by mutex_
};

}  // namespace wardkeep::pipeline
