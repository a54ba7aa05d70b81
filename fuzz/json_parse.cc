// Any bytes: the reader accepts or refuses; what it accepts is written and read again as the same tree, and
// every span lies inside its parent's.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "json/parse.h"
#include "json/writer.h"

namespace {

using wardkeep::json::Member;
using wardkeep::json::Span;
using wardkeep::json::Value;

void CheckSpans(const Value& value, Span outer) {
  const Span span = value.span();
  WK_ASSERT(outer.start <= span.start && span.start < span.end && span.end <= outer.end);
  for (const Value& element : value.elements()) CheckSpans(element, span);
  for (const Member& member : value.members()) {
    WK_ASSERT(span.start < member.key_span.start && member.key_span.end <= member.value.span().start);
    CheckSpans(member.value, span);
  }
}

std::string Write(const Value& value) {
  wardkeep::json::Writer out;
  out.Copy(value);
  return std::move(out).Take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = wardkeep::json::Parse(text);
  if (!value) {
    WK_ASSERT(value.error().offset <= size && !value.error().message.empty());
    return 0;
  }
  CheckSpans(*value, {0, static_cast<uint32_t>(size)});
  const std::string written = Write(*value);
  const auto again = wardkeep::json::Parse(written);
  WK_ASSERT(again.has_value() && Write(*again) == written);
  return 0;
}
