// Holds a parser to linear time: the processor time of the thread for each byte of its input is bounded, so
// that other load on the machine does not count. A short input hides what is quadratic; Stretched makes long
// ones of it.
//
//   const std::string text = Stretched(bytes);
//   ExpectLinearTime("policy documents", text.size(), [&] { Parse(text); });
//
// Aborts, so that the fuzzer keeps the input, when the work took more each of three times.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "processor_time.h"

namespace wardkeep::fuzzing {

// What code without checks may take. A parser of this program takes below 0.1 microseconds for a byte; one
// that looks at each byte of 64 KiB for each byte takes 65 and more.
struct TimeBound {
  double seconds = 0.02;  // whatever the size: first touches of memory, tables that are unpacked
  double seconds_per_byte = 2e-6;
};

template <typename Work>
void ExpectLinearTime(const char* what, std::size_t bytes, Work work, TimeBound bound = {}) {
  const double most = bound.seconds + bound.seconds_per_byte * static_cast<double>(bytes);
  double least = 0;
  for (int run = 0; run < 3; ++run) {
    const ProcessorTime took;
    work();
    least = run == 0 ? took.Seconds() : std::min(least, took.Seconds());
    if (least <= most) return;
  }
  std::fprintf(stderr, "%s: %zu bytes took %.3f s, and %.3f s is the most\n", what, bytes, least, most);
  std::abort();
}

// Three parts of `bytes`, cut where its first two bytes say, the middle one repeated until the whole has
// `size` bytes.
inline std::string Stretched(std::span<const uint8_t> bytes, std::size_t size = std::size_t{1} << 16) {
  if (bytes.size() < 3) return std::string(bytes.begin(), bytes.end());
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + 2, bytes.size() - 2);
  std::size_t first = bytes[0] * (text.size() + 1) / 256;
  std::size_t last = bytes[1] * (text.size() + 1) / 256;
  if (first > last) std::swap(first, last);
  const std::string_view middle = text.substr(first, last - first);
  std::string out(text.substr(0, first));
  const std::size_t around = text.size() - middle.size();
  for (std::size_t left = size > around ? size - around : 0; !middle.empty() && left >= middle.size();
       left -= middle.size()) {
    out += middle;
  }
  return out += text.substr(last);
}

}  // namespace wardkeep::fuzzing
