// Whether the resource of a statement can name resources of a type: "arn:aws:s3:::logs" is a bucket and no
// object. Both are patterns, so the question is whether one text matches the two. Pure functions,
// thread-safe; time and memory are the product of the two lengths.
#pragma once

#include <string_view>

namespace wardkeep::analysis {

// `pattern` is a value of Resource: '*', '?' and policy variables stand for anything, and missing components
// match anything (policy-semantics 2.2). `arn_template` is that of a resource type: "${Name}" stands for
// anything. Never false where a resource of the type matches; may be true for one that the service would not
// accept.
bool CanName(std::string_view pattern, std::string_view arn_template);

// True for "*" and its repetitions: the only values that cover actions without resource types.
bool NamesEverything(std::string_view pattern);

}  // namespace wardkeep::analysis
