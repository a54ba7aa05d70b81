// How hard a password is to guess, as a number of bits: an attacker who knows common words, names, repeats,
// sequences and look-alike letters needs about 2^bits guesses. An estimate from below: the cheapest way to
// put the password together from such pieces. Pure function; time grows with the square of the length, which
// is at most 128.
#pragma once

#include <string_view>

namespace wardkeep::password {

int EstimateStrength(std::string_view password);

}  // namespace wardkeep::password
