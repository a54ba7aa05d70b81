#include "wardkeep/wardkeep.h"

uint32_t wk_abi_version(void) {
  return WARDKEEP_ABI_VERSION;
}

const char* wk_version(void) {
  return WARDKEEP_VERSION;
}

const char* wk_status_name(int status) {
  switch (status) {
    case WK_OK:
      return "WK_OK";
    case WK_INVALID_ARGUMENT:
      return "WK_INVALID_ARGUMENT";
    case WK_INVALID_JSON:
      return "WK_INVALID_JSON";
    case WK_INVALID_INPUT:
      return "WK_INVALID_INPUT";
    case WK_REFUSED_DOCUMENT:
      return "WK_REFUSED_DOCUMENT";
    case WK_TOO_LARGE:
      return "WK_TOO_LARGE";
    case WK_OUT_OF_MEMORY:
      return "WK_OUT_OF_MEMORY";
    case WK_INTERNAL:
      return "WK_INTERNAL";
  }
  return "WK_UNKNOWN";
}
