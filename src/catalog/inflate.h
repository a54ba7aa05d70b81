// Unpacks one raw deflate stream of the tables linked into the program. Pure function, thread-safe.
#pragma once

#include <cstddef>
#include <string>

namespace wardkeep::catalog {

// The unpacked bytes. The stream is part of the program: one that does not give exactly `unpacked_size` bytes
// is a bug and ends the program.
std::string Inflate(const unsigned char* packed, std::size_t packed_size, std::size_t unpacked_size);

}  // namespace wardkeep::catalog
