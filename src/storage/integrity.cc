#include "storage/integrity.h"

#include <algorithm>
#include <utility>

#include "crypto/keyed_hash.h"
#include "crypto/system_rng.h"
#include "storage/store.h"

namespace wardkeep::storage {
namespace {

// What a tag is of goes in first, so that none of one kind is ever one of another.
enum : uint64_t { kDocument = 1, kAccountHead = 2, kStoreHead = 3 };

}  // namespace

std::string_view BytesOf(const Tag& tag) {
  return {reinterpret_cast<const char*>(tag.data()), tag.size()};
}

std::optional<Tag> TagOf(std::string_view bytes) {
  Tag tag{};
  if (bytes.size() != tag.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), tag.begin());
  return tag;
}

void SetDigest::Add(const Tag& tag) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    carry += static_cast<unsigned>(sum_[i]) + tag[i];
    sum_[i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
}

void SetDigest::Remove(const Tag& tag) {
  int borrow = 0;
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const int difference = static_cast<int>(sum_[i]) - tag[i] - borrow;
    sum_[i] = static_cast<uint8_t>(difference);
    borrow = difference < 0 ? 1 : 0;
  }
}

IntegrityKey IntegrityKey::Random() {
  std::array<uint8_t, crypto::KeyBytes::kSize> bytes{};
  crypto::SystemRng().Fill(bytes);
  return IntegrityKey(crypto::KeyBytes(bytes));
}

Tag IntegrityKey::OfDocument(std::string_view account, std::string_view kind, std::string_view id,
                             std::string_view name_key, uint64_t revision, std::string_view body) const {
  return crypto::KeyedHash(key_)
      .Add(uint64_t{kDocument})
      .Add(account)
      .Add(kind)
      .Add(id)
      .Add(name_key)
      .Add(revision)
      .Add(body)
      .Finish();
}

Tag IntegrityKey::OfDocument(const Document& document) const {
  return OfDocument(document.account.value(), DocumentKindName(document.kind), document.id, document.name_key,
                    document.revision, document.body);
}

Tag IntegrityKey::Seal(const AccountHead& head) const {
  return crypto::KeyedHash(key_)
      .Add(uint64_t{kAccountHead})
      .Add(head.account.value())
      .Add(head.revision)
      .Add(head.documents)
      .Add(BytesOf(head.digest.sum()))
      .Finish();
}

Tag IntegrityKey::Seal(const StoreHead& head) const {
  return crypto::KeyedHash(key_)
      .Add(uint64_t{kStoreHead})
      .Add(head.revision)
      .Add(head.accounts)
      .Add(BytesOf(head.digest.sum()))
      .Finish();
}

std::optional<std::string> Difference(const AccountHead& head, uint64_t documents, const SetDigest& digest) {
  if (documents != head.documents) {
    return std::to_string(head.documents) + " documents were stored, " + std::to_string(documents) +
           " are there";
  }
  if (digest != head.digest) return "its documents are not those that were stored";
  return std::nullopt;
}

base::Error DamagedAccount(const base::AccountId& account, std::string_view what) {
  return {base::ErrorCode::kCorrupt, "account `" + account.value() + "` is damaged: " + std::string(what)};
}

base::Error NoDocuments(const base::AccountId& account) {
  return {base::ErrorCode::kNotFound, "account `" + account.value() + "` has no documents"};
}

}  // namespace wardkeep::storage
