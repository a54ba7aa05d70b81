// The embedded list of common passwords, first names and family names (data/common_passwords.txt, NOTICE). It
// is searched in place: nothing is unpacked, nothing allocated. Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace wardkeep::password {

// `word` in lower case.
bool IsCommonWord(std::string_view word);

std::size_t CommonWordCount();

}  // namespace wardkeep::password
