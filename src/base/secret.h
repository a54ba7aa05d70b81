// Secret: text that must not reach a log, an error or a core dump. It cannot be copied by accident, streamed,
// formatted or compared with ==, and its bytes are wiped on destruction.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { Wipe(); }

  // The plain text; the name makes each use visible in review.
  std::string_view Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  // A copy on purpose.
  Secret Clone() const { return Secret(value_); }

  friend bool operator==(const Secret&, const Secret&) = delete;

 private:
  void Wipe();
  std::string value_;
};

}  // namespace wardkeep::base
