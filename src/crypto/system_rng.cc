#include "crypto/system_rng.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "crypto/sodium_ready.h"

namespace wardkeep::crypto {
namespace {

// Request ids and other short texts take their bytes from here: one call of the kernel serves many. Longer
// requests, keys above all, go to the kernel each time. Bytes are wiped as they are handed out.
class ShortBytes {
 public:
  static constexpr std::size_t kLongest = 16;

  void Take(std::span<uint8_t> out) {
    if (pool_.size() - used_ < out.size()) {
      randombytes_buf(pool_.data(), pool_.size());
      used_ = 0;
    }
    const auto from = pool_.begin() + static_cast<std::ptrdiff_t>(used_);
    std::copy_n(from, out.size(), out.begin());
    sodium_memzero(&*from, out.size());
    used_ += out.size();
  }

 private:
  std::array<uint8_t, 512> pool_;
  std::size_t used_ = pool_.size();
};

}  // namespace

SystemRng::SystemRng() {
  EnsureSodiumReady();
}

void SystemRng::Fill(std::span<uint8_t> out) {
  if (out.empty()) return;
  if (out.size() > ShortBytes::kLongest) return randombytes_buf(out.data(), out.size());
  thread_local ShortBytes short_bytes;
  short_bytes.Take(out);
}

}  // namespace wardkeep::crypto
