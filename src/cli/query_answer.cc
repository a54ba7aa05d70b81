#include "cli/query_answer.h"

#include <array>

namespace wardkeep::cli {
namespace {

struct Entity {
  std::string_view written;
  char character;
};
constexpr std::array<Entity, 6> kEntities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}}};

std::string Undo(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Entity* found = nullptr;
    for (const Entity& entity : kEntities) {
      if (text.starts_with(entity.written)) found = &entity;
    }
    out.push_back(found == nullptr ? text.front() : found->character);
    text.remove_prefix(found == nullptr ? 1 : found->written.size());
  }
  return out;
}

}  // namespace

std::vector<std::string_view> ElementsOf(std::string_view xml, std::string_view name) {
  std::vector<std::string_view> found;
  const std::string open = "<" + std::string(name);
  const std::string close = "</" + std::string(name) + ">";
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
    at += open.size();
    if (at >= xml.size() || (xml[at] != '>' && xml[at] != ' '))
      continue;  // a longer name, or an empty element
    const std::size_t begin = xml.find('>', at);
    const std::size_t end = xml.find(close, at);
    if (begin == std::string_view::npos || end == std::string_view::npos || begin > end) break;
    found.push_back(xml.substr(begin + 1, end - begin - 1));
    at = end;
  }
  return found;
}

std::optional<std::string> TextOf(std::string_view xml, std::string_view name) {
  const auto elements = ElementsOf(xml, name);
  if (elements.empty()) return std::nullopt;
  return Undo(elements.front());
}

}  // namespace wardkeep::cli
