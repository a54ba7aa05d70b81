#include "pipeline/page_token.h"

#include "base/base64.h"

namespace wardkeep::pipeline {
namespace {

std::string Associated(const base::AccountId& account, std::string_view scope) {
  return account.value() + "|" + std::string(scope);
}

}  // namespace

std::string SealPageToken(const crypto::SealingKey& key, const base::AccountId& account,
                          std::string_view scope, std::string_view last_key) {
  return base::Base64UrlEncode(base::AsBytes(key.Seal(last_key, Associated(account, scope))));
}

std::optional<std::string> OpenPageToken(const crypto::SealingKey& key, const base::AccountId& account,
                                         std::string_view scope, std::string_view token) {
  const auto sealed = base::Base64UrlDecode(token);
  if (!sealed) return std::nullopt;
  const std::string_view bytes(reinterpret_cast<const char*>(sealed->data()), sealed->size());
  const auto opened = key.Open(bytes, Associated(account, scope));
  if (!opened) return std::nullopt;
  return std::string(opened->Reveal());
}

}  // namespace wardkeep::pipeline
