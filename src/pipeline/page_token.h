// Page tokens (Marker of IAM): opaque, sealed, stateless. A token holds the last key shown and is bound to
// the account, the operation and its filters, so that it cannot be used with others (data-formats section
// 14).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "crypto/sealing.h"

namespace wardkeep::pipeline {

// `scope` names the operation and its filters ("ListUsers|/div/").
std::string SealPageToken(const crypto::SealingKey& key, const base::AccountId& account,
                          std::string_view scope, std::string_view last_key);
// nullopt for anything SealPageToken did not make for the same account and scope.
std::optional<std::string> OpenPageToken(const crypto::SealingKey& key, const base::AccountId& account,
                                         std::string_view scope, std::string_view token);

}  // namespace wardkeep::pipeline
