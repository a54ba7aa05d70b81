// What a piece of work cost, for tests that bound it: the processor time of the calling thread, which other
// load on the machine does not change, and the allowance for builds with checks compiled in. Each thread sees
// its own time.
#pragma once

#include <ctime>

namespace wardkeep {

// Sanitizers check each access and keep shadow memory and freed blocks.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif

// ThreadSanitizer makes code up to so many times slower; the time limits of the test programs allow for the
// same.
inline constexpr double kCheckedCodeFactor = kSanitized ? 10 : 1;

// Seconds of processor time of this thread since the object was made, as code without checks would need at
// most.
class ProcessorTime {
 public:
  ProcessorTime() : begin_(Now()) {}
  double Seconds() const { return (Now() - begin_) / kCheckedCodeFactor; }

 private:
  static double Now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  double begin_;
};

}  // namespace wardkeep
