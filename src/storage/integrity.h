// What makes a stored document, an account and the list of accounts checkable: a tag per document, a count
// and the sum of the tags per account (its head), and the same over the heads of all accounts.
//
// Tags are keyed: who can write to the database but has not the master key cannot make one. The sum modulo
// 2^256 of keyed tags is MSet-Add-Hash (Clarke, Devadas, van Dijk, Gassend, Suh: Incremental Multiset Hash
// Functions, 2003, section 4): a write costs one tag for what comes and one subtraction for what goes, and
// the order of writes does not matter. An exclusive or in place of the sum would let sets of former documents
// be swapped by solving linear equations. The seal of a head covers its revision, so that sums of former
// states are of no use. What this does not find is the whole database put back as it once was.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/error.h"
#include "crypto/key_bytes.h"

namespace wardkeep::storage {

struct Document;

using Tag = std::array<uint8_t, 32>;

// As it is stored, and back; nullopt for another length.
std::string_view BytesOf(const Tag& tag);
std::optional<Tag> TagOf(std::string_view bytes);

// The sum modulo 2^256 of tags, least byte first.
class SetDigest {
 public:
  SetDigest() = default;
  explicit SetDigest(const Tag& sum) : sum_(sum) {}

  void Add(const Tag& tag);
  void Remove(const Tag& tag);
  const Tag& sum() const { return sum_; }
  friend bool operator==(const SetDigest&, const SetDigest&) = default;

 private:
  Tag sum_{};
};

// What is kept of an account beside its documents.
struct AccountHead {
  base::AccountId account;
  uint64_t revision = 0;   // number of its batches since it was made
  uint64_t documents = 0;  // how many it has
  SetDigest digest;        // of their tags
};

// What is kept of the whole store: its revision, how many accounts it has, and the sum of their seals.
struct StoreHead {
  uint64_t revision = 0;
  uint64_t accounts = 0;
  SetDigest digest;
};

// Makes the tags. Immutable and thread-safe.
class IntegrityKey {
 public:
  explicit IntegrityKey(crypto::KeyBytes key) : key_(std::move(key)) {}
  static IntegrityKey Random();

  Tag OfDocument(std::string_view account, std::string_view kind, std::string_view id,
                 std::string_view name_key, uint64_t revision, std::string_view body) const;
  Tag OfDocument(const Document& document) const;
  Tag Seal(const AccountHead& head) const;
  Tag Seal(const StoreHead& head) const;

  const crypto::KeyBytes& bytes() const { return key_; }

 private:
  crypto::KeyBytes key_;
};

// Whether `documents` documents with tags of this sum are what the head says; else how they differ, as the
// end of a sentence that begins with the account.
std::optional<std::string> Difference(const AccountHead& head, uint64_t documents, const SetDigest& digest);

// The errors that every store gives: corrupt, and not_found.
base::Error DamagedAccount(const base::AccountId& account, std::string_view what);
base::Error NoDocuments(const base::AccountId& account);

}  // namespace wardkeep::storage
