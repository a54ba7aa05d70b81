#include "net/address_shares.h"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace wardkeep::net {

std::string NetworkOf(std::string_view address) {
  const std::string text(address);
  in6_addr bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
  return std::string(reinterpret_cast<const char*>(&bytes), 8);
}

AddressShares::Ticket AddressShares::Admit(std::string_view address) {
  std::string key = NetworkOf(address);
  const std::lock_guard lock(mutex_);
  auto& share = shares_[key];
  if (!share) {
    share = std::make_unique<Share>();
    share->is_exempt = is_exempt_ && is_exempt_(address);
  }
  if (share->connections >= connections_ && !share->is_exempt) return {};
  ++share->connections;
  return {*this, std::move(key), *share};
}

void AddressShares::Release(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = shares_.find(key);
  if (found != shares_.end() && --found->second->connections == 0) shares_.erase(found);
}

}  // namespace wardkeep::net
