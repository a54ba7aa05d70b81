// What one client address may hold of a listener, so that a single one can take neither all connections nor
// all memory for bodies. An IPv6 client has a whole /64 to choose addresses from, so that counts as one.
//
// Entries live as long as their connections; the connection limit bounds their number. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace wardkeep::net {

class AddressShares {
 public:
  struct Share {
    std::size_t connections = 0;  // guarded by the mutex of AddressShares
    std::atomic<std::size_t> body_bytes{0};
    bool is_exempt = false;
  };
  // One connection of an address; it counts until this is destroyed.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(AddressShares& shares, std::string key, Share& share)
        : shares_(&shares), key_(std::move(key)), share_(&share) {}
    Ticket(Ticket&& other) noexcept
        : shares_(std::exchange(other.shares_, nullptr)), key_(std::move(other.key_)), share_(other.share_) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (shares_ != nullptr) shares_->Release(key_);
    }
    // Null for a connection that is not counted.
    Share* share() const { return share_; }
    bool is_granted() const { return shares_ != nullptr; }

   private:
    AddressShares* shares_ = nullptr;
    std::string key_;
    Share* share_ = nullptr;
  };

  // Addresses that `is_exempt` has no limit for: trusted proxies, who speak for many. May be empty.
  AddressShares(std::size_t connections, std::function<bool(std::string_view)> is_exempt)
      : connections_(connections), is_exempt_(std::move(is_exempt)) {}

  // Not granted when the address has as many connections as it may.
  Ticket Admit(std::string_view address);

 private:
  void Release(const std::string& key);

  const std::size_t connections_;
  const std::function<bool(std::string_view)> is_exempt_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Share>, std::less<>> shares_;  // guarded by mutex_
};

// The address itself, or the first 64 bits of an IPv6 address.
std::string NetworkOf(std::string_view address);

}  // namespace wardkeep::net
