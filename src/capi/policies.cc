#include <memory>

#include "capi/handles.h"
#include "capi/texts.h"
#include "evaluate_format/parse.h"

namespace wardkeep::capi {
namespace {

using evaluate_format::EvaluateResult;

EvaluateResult<std::unique_ptr<wk_policies>> Compile(std::string_view text, bool is_trust) {
  WK_ASSIGN(const evaluate_format::ParsedText parsed, evaluate_format::ParseText(text));
  auto made = std::make_unique<wk_policies>();
  WK_TRY(made->policies.Read(parsed.root, text, is_trust));
  if (parsed.repeated) return *parsed.repeated;
  made->policies.MakeIndexes();
  return made;
}

}  // namespace
}  // namespace wardkeep::capi

wk_status wk_policies_compile(const char* json, size_t length, uint32_t flags, wk_policies** out,
                              wk_text** error) {
  using namespace wardkeep::capi;
  Clear(error);
  if (out == nullptr) return WK_INVALID_ARGUMENT;
  *out = nullptr;
  if ((flags & ~WK_TRUST_POLICY) != 0) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    const auto text = JsonView(json, length);
    if (!text) return Fail(text.error(), error);
    auto made = Compile(*text, flags == WK_TRUST_POLICY);
    if (!made) return Fail(made.error(), error);
    *out = std::move(made).value().release();
    return WK_OK;
  });
}

void wk_policies_free(wk_policies* policies) {
  delete policies;
}
