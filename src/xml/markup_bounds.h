// A look at XML text before a parser builds anything of it: one pass, no memory but the depth. A tree costs
// more than a hundred bytes for each piece of markup, and checks of an element's attributes against each
// other and against the name spaces in scope cost more than their number; so both are bounded here.
//
// It is a lexer and strict: what it passes, libxml2 cuts into the same tags. It does not say that the text is
// well-formed. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace wardkeep::xml {

struct MarkupBounds {
  std::size_t pieces = 20'000;            // tags, comments, instructions, CDATA sections
  std::size_t depth = 64;                 // of elements
  std::size_t attributes_of_one = 64;     // of one element, name space declarations among them
  std::size_t name_spaces_in_scope = 64;  // declarations of an element and of those around it
  std::size_t name_bytes = 256;           // of an element or attribute
};

// False for text beyond a bound, with a document type, or with markup that is none.
bool IsWithinBounds(std::string_view text, const MarkupBounds& bounds = {});

}  // namespace wardkeep::xml
