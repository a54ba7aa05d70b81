// WK_ASSERT guards memory and decision integrity in every build; WK_DCHECK the rest, in debug builds only.
// Neither may be reachable from input.
#pragma once

namespace wardkeep::base {
[[noreturn]] void AssertFailed(const char* expression, const char* file, int line);
}  // namespace wardkeep::base

#define WK_ASSERT(cond) \
  (static_cast<bool>(cond) ? static_cast<void>(0) : ::wardkeep::base::AssertFailed(#cond, __FILE__, __LINE__))
#ifdef NDEBUG
#define WK_DCHECK(cond) static_cast<void>(sizeof(cond))
#else
#define WK_DCHECK(cond) WK_ASSERT(cond)
#endif
