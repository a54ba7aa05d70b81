// The plain form of a password: what a person meant who replaced letters by look-alike digits and symbols
// ("P4$$w0rd" -> "password"). Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::password {

// Lower case with the look-alikes 0 1 3 4 5 7 8 @ $ ! + | read as letters.
std::string PlainForm(std::string_view text);

// Without digits and symbols at its ends ("2024summer!" -> "summer"); empty when there is nothing else.
std::string_view Core(std::string_view text);

}  // namespace wardkeep::password
