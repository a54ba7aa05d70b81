// A pattern of a policy, read once: resource, action, or value of a condition.
//
// Variables are found before anything is substituted, so that wildcards and "${" inside a value stay plain
// text (policy-semantics 2.4). A variable ends at the first '}'; what is not `key` or `key, 'default'` is the
// name of a key that no request has. "${*}", "${?}" and "${$}" are the characters themselves. "${" without
// '}' is plain text.
#pragma once

#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "policy/compile/arena.h"
#include "policy/match/piece.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {

struct PatternSyntax {
  bool wildcards = true;
  bool variables = true;
};

// Immutable, views into the arena it was made in.
struct Pattern {
  std::span<const Piece> pieces;
  bool has_variables = false;
};

Pattern MakePattern(std::string_view text, PatternSyntax syntax, Arena& arena);

// The pieces of a pattern with every variable replaced by its value in a request. Up to kInlinePieces pieces
// need no allocation; a pattern without variables is passed through.
class ResolvedPieces {
 public:
  static constexpr std::size_t kInlinePieces = 48;

  ResolvedPieces(const Pattern& pattern, const RequestContext& context);
  ResolvedPieces(const ResolvedPieces&) = delete;
  ResolvedPieces& operator=(const ResolvedPieces&) = delete;

  // False if a variable has neither a single value nor a default; the pattern then matches nothing.
  bool complete() const { return complete_; }
  std::span<const Piece> pieces() const { return pieces_; }

 private:
  alignas(Piece) std::byte buffer_[kInlinePieces * sizeof(Piece)];
  std::pmr::monotonic_buffer_resource memory_;
  std::pmr::vector<Piece> storage_;
  std::span<const Piece> pieces_;
  bool complete_ = true;
};

// The value a variable stands for in a request; false if it has none. A multi-valued key gives no value and
// takes no default, because it is not absent.
bool ResolveVariable(const Variable& variable, const RequestContext& context, std::string_view& value);

bool Matches(const Pattern& pattern, std::string_view text, const RequestContext& context);

}  // namespace wardkeep::policy
