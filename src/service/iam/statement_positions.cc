#include "service/iam/statement_positions.h"

#include <algorithm>
#include <cstddef>

#include "base/utf8.h"

namespace wardkeep::service::iam {
namespace {

// Where lines begin, for going from a line and a column in bytes to an offset, and from there to characters.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text), starts_({0}) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  std::size_t OffsetOf(policy::Position position) const {
    return std::min(starts_[std::min<std::size_t>(position.line, starts_.size()) - 1] + position.column - 1,
                    text_.size());
  }

  // Just behind the first `offset` bytes. Going forward in a line, each of its bytes is counted once:
  // thousands of statements may stand in one.
  policy::Position Behind(std::size_t offset) {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin();
    const auto line = static_cast<uint32_t>(after);
    if (line != counted_.line || offset < counted_bytes_) {
      counted_ = {line, 1};
      counted_bytes_ = starts_[line - 1];
    }
    const std::string_view further = text_.substr(counted_bytes_, offset - counted_bytes_);
    counted_.column += static_cast<uint32_t>(base::CountCharacters(further));
    counted_bytes_ = offset;
    return counted_;
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
  policy::Position counted_;  // the last answer, and the bytes before it
  std::size_t counted_bytes_ = 0;
};

// Behind the bracket before the brace at `brace`, or behind the brace if there is none.
std::size_t BehindOpening(std::string_view text, std::size_t brace) {
  std::size_t at = brace;
  while (at > 0 && std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos) --at;
  return at > 0 && text[at - 1] == '[' ? at : brace + 1;
}

}  // namespace

std::vector<StatementPositions> FindStatementPositions(std::string_view text,
                                                       const policy::CompiledPolicy& compiled) {
  Lines lines(text);
  std::vector<StatementPositions> positions;
  for (uint32_t i = 0; i < compiled.statement_count(); ++i) {
    StatementPositions& statement = positions.emplace_back();
    statement.start =
        i == 0 ? lines.Behind(BehindOpening(text, lines.OffsetOf(compiled.start(i)))) : positions[i - 1].end;
    statement.end = lines.Behind(lines.OffsetOf(compiled.end(i)));
  }
  return positions;
}

}  // namespace wardkeep::service::iam
