#include "json/path.h"

#include <algorithm>

#include "json/writer.h"

namespace wardkeep::json {
namespace {

bool IsWord(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void AppendKey(std::string_view key, std::string& path) {
  if (IsWord(key)) {
    path.append(path.empty() ? "" : ".").append(key);
    return;
  }
  Writer quoted;
  quoted.String(key);
  path.append("[").append(std::move(quoted).Take()).append("]");
}

bool Holds(Span span, uint32_t offset) {
  return span.start <= offset && offset < span.end;
}

// The value one step further in, null when the place is in none; its key or number is appended.
const Value* Step(const Value& at, uint32_t offset, std::string& path) {
  for (const Member& member : at.members()) {
    if (!Holds({member.key_span.start, member.value.span().end}, offset)) continue;
    AppendKey(member.key, path);
    return &member.value;
  }
  const auto elements = at.elements();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!Holds(elements[i].span(), offset)) continue;
    path.append("[").append(std::to_string(i)).append("]");
    return &elements[i];
  }
  return nullptr;
}

}  // namespace

std::string PathTo(const Value& root, uint32_t offset) {
  std::string path;
  for (const Value* at = &root; at != nullptr;) at = Step(*at, offset, path);
  return path;
}

}  // namespace wardkeep::json
