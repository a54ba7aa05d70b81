// Each line is a context entry of a simulation: its key, its type and its values, with tabs between. What is
// added is found under its key with the values and the shape of its type, and a condition on the very value
// of a typed entry holds; what is refused is InvalidInput with a message.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "policy/condition/multi_valued_keys.h"
#include "service/iam/context_entries.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::size_t kMaxEntries = 64;

void Require(bool fact) {
  if (!fact) std::abort();
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

api::iam::ContextEntry EntryOf(std::string_view line) {
  std::vector<std::string> fields = Split(line, '\t');
  api::iam::ContextEntry entry;
  entry.context_key_name = fields[0];
  if (fields.size() > 1) entry.context_key_type = fields[1];
  if (fields.size() > 2) entry.context_key_values.emplace(fields.begin() + 2, fields.end());
  return entry;
}

// The operator that a value of the type equals itself by; empty where values may hold what policies read
// otherwise (wildcards and variables in texts) or where an entry may be more than a policy compares (blocks).
std::string_view EqualsOf(std::string_view type) {
  if (type == "numeric") return "NumericEquals";
  if (type == "boolean") return "Bool";
  if (type == "binary") return "BinaryEquals";
  if (type == "date") return "DateEquals";
  return {};
}

void CheckCondition(std::string_view comparison, const std::string& value) {
  const std::string text =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{")" +
      std::string(comparison) + R"(":{"app:key":")" + value + R"("}}}})";
  const policy::ParseOutcome parsed = policy::ParseDocument(text, policy::DocumentKind::kIdentity);
  Require(parsed.document != nullptr);
  const policy::PolicyPtr compiled = policy::Compile(*parsed.document);
  policy::Request request;
  request.principal.kind = policy::PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/u";
  request.action = "s3:ListAllMyBuckets";
  request.resource = "*";
  request.context.Set("app:key", value);
  const policy::CompiledPolicy* const policies[] = {compiled.get()};
  policy::PolicySet set;
  set.identity = policies;
  Require(policy::Evaluate(request, set).allowed());
}

// `entries` were all added, and `context` held nothing before.
void CheckAdded(const std::vector<api::iam::ContextEntry>& entries, const policy::RequestContext& context) {
  Require(context.entries().size() <= entries.size() && context.entries().empty() == entries.empty());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string& key = *entries[i].context_key_name;
    const std::string folded = base::AsciiLower(key);
    const policy::RequestContext::Entry* found = context.Find(folded);
    Require(found != nullptr);
    bool replaced = false;
    for (std::size_t later = i + 1; later < entries.size(); ++later) {
      replaced = replaced || base::EqualsIgnoreAsciiCase(*entries[later].context_key_name, key);
    }
    if (replaced) continue;
    const std::string& type = *entries[i].context_key_type;
    // A key of the table has several values however it is given.
    const bool in_table = policy::IsMultiValuedKey(folded, policy::RequestContext::KeyHash(folded));
    Require(found->multi_valued == (in_table || type.ends_with("List")));
    Require(found->values == entries[i].context_key_values.value_or(std::vector<std::string>()));
    const std::string_view comparison = EqualsOf(type);
    if (!comparison.empty()) CheckCondition(comparison, found->values.front());
  }
}

}  // namespace
}  // namespace wardkeep::service::iam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;
  using namespace wardkeep::service::iam;
  std::vector<api::iam::ContextEntry> entries;
  for (const std::string& line : Split({reinterpret_cast<const char*>(data), size}, '\n')) {
    if (entries.size() < kMaxEntries) entries.push_back(EntryOf(line));
  }
  policy::RequestContext context;
  const auto added = AddContextEntries(entries, context);
  if (added) {
    CheckAdded(entries, context);
  } else if (added.error().code != "InvalidInput" || added.error().message.empty()) {
    std::abort();
  }
  return 0;
}
