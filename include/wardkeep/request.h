// What is asked of the evaluator: who, which action, on what, and every fact a condition may test.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::policy {

enum class PrincipalKind : uint8_t {
  kAnonymous,
  kRoot,  // root user of an account (also an AssumeRoot session, see Request::policies with a session layer)
  kUser,  // IAM user, by long-term key or GetSessionToken
  kRoleSession,    // AssumeRole*, web identity and SAML sessions
  kFederatedUser,  // GetFederationToken session
  kService,        // AWS service principal
  kFederated,  // bearer of a token before it has a session: the caller of AssumeRoleWithWebIdentity/WithSAML
};

// The caller. Which members are set depends on the kind (policy-semantics 2.3).
struct Principal {
  PrincipalKind kind = PrincipalKind::kAnonymous;
  std::string account_id;  // 12 digits; empty for kAnonymous, kService, kFederated
  std::string
      arn;  // root, user, assumed-role session or federated-user ARN; provider ARN or domain (kFederated)
  std::string entity_arn;  // kRoleSession: role ARN with path. kFederatedUser: ARN of the user who made it,
                           // may be empty
  std::string
      entity_id;  // AIDA.../AROA... of the user, the role, or the federated session's user; may be empty
  std::string service;  // kService: "ec2.amazonaws.com"
  bool is_service_linked_role = false;
  bool is_assumed_root = false;  // kRoot by sts:AssumeRoot; a session policy then applies and must allow
  // kUser or kRoleSession whose session policy was made to hold it to less (a delegation request,
  // GetScopedCredentials): it applies and must allow, also where a resource policy names the user or the
  // session.
  bool is_narrowed = false;
};

// Condition keys and their values. Keys are compared ignoring ASCII case and stored folded. A key is
// multi-valued where AWS says so (policy/condition/multi_valued_keys.h), whatever it is set with, or because
// it is set as one; such a key may be present with no value (an empty set), any other has exactly one. Not
// thread-safe while being filled; read-only afterwards.
class RequestContext {
 public:
  struct Entry {
    std::string key;    // lower case
    uint64_t hash;      // KeyHash(key)
    bool multi_valued;  // a set; otherwise `values` has one member
    std::vector<std::string> values;
  };

  // Replaces an earlier entry of the same key.
  void Set(std::string_view key, std::string value);
  void SetMulti(std::string_view key, std::vector<std::string> values);
  // Sets unless the key is there already.
  void SetDefault(std::string_view key, std::string value);
  void Clear() {
    entries_.clear();
    hashes_.clear();
  }

  // `folded_key` must be lower case and `hash` its KeyHash.
  const Entry* Find(std::string_view folded_key, uint64_t hash) const {
    // The place of the last hash that is not greater. Without a branch that depends on what is there: which
    // keys a policy asks for is not to be guessed.
    const uint64_t* place = hashes_.data();
    for (std::size_t left = hashes_.size(); left > 1;) {
      const std::size_t half = left / 2;
      place += place[half] <= hash ? half : 0;
      left -= half;
    }
    if (hashes_.empty() || *place != hash) return nullptr;
    const Entry& entry = entries_[static_cast<std::size_t>(place - hashes_.data())];
    return IsSame(entry.key, folded_key) ? &entry : FindAmongEqualHashes(folded_key, hash);
  }
  const Entry* Find(std::string_view key) const;
  std::span<const Entry> entries() const { return entries_; }

  // FNV-1a, 64 bits.
  static constexpr uint64_t KeyHash(std::string_view folded_key) {
    uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : folded_key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return hash;
  }

 private:
  void Put(std::string_view key, bool multi_valued, std::vector<std::string> values);
  // As ==, without the cost of a call: keys are short.
  static bool IsSame(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a.size() < 8) return a == b;
    const std::size_t last = a.size() - 8;
    for (std::size_t at = 0; at < last; at += 8) {
      if (LoadEight(a, at) != LoadEight(b, at)) return false;
    }
    return LoadEight(a, last) == LoadEight(b, last);  // may look at bytes again
  }
  static uint64_t LoadEight(std::string_view text, std::size_t at) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
  }
  const Entry* FindAmongEqualHashes(std::string_view folded_key, uint64_t hash) const;

  std::vector<Entry> entries_;    // in the order of their hashes, and of their keys for the same hash
  std::vector<uint64_t> hashes_;  // of the entries, side by side: a search reads one or two lines of memory
};

struct Request {
  Principal principal;
  std::string action;            // "s3:GetObject", any letter case
  std::string resource;          // ARN, or "*" for actions without a resource
  std::string resource_account;  // owner of the resource; empty: the ARN's account, else the principal's
  bool wildcard_only = false;    // the action has no resource type; only patterns that match "*" apply
  RequestContext context;
};

// Fills what can be told from the principal, unless already present: aws:PrincipalArn, aws:PrincipalAccount,
// aws:PrincipalType, aws:PrincipalIsAWSService, aws:userid, aws:username, aws:PrincipalTag/*, ...
// (policy-semantics 3.7).
void FillPrincipalKeys(const Principal& principal,
                       std::span<const std::pair<std::string, std::string>> principal_tags,
                       RequestContext& context);

}  // namespace wardkeep::policy
