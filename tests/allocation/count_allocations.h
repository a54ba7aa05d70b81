// Counts the calls of the global operator new, which this replaces for the whole program.
#pragma once

namespace wardkeep::allocation {

// Since the start of the program, of all threads.
long CountAllocations();

}  // namespace wardkeep::allocation
