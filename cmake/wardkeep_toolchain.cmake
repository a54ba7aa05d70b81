# Language level, warnings, sanitizers, ccache and lld: everything that is the same for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1 -gsplit-dwarf")
# Nothing of the program is replaced at load time, so the compiler may inline what position-independent code exports.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG -fno-semantic-interposition")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
add_compile_definitions(_GLIBCXX_ASSERTIONS SIMDJSON_EXCEPTIONS=0)
add_compile_options(-fno-omit-frame-pointer -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

find_program(WARDKEEP_CCACHE ccache)
if(WARDKEEP_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${WARDKEEP_CCACHE})
endif()
find_program(WARDKEEP_LLD NAMES ld.lld ld.lld-16)
if(WARDKEEP_LLD)
  add_link_options(-fuse-ld=lld)
endif()

set(WARDKEEP_WARNINGS -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  list(APPEND WARDKEEP_WARNINGS -Wthread-safety)
endif()
if(WARDKEEP_WERROR)
  list(APPEND WARDKEEP_WARNINGS -Werror)
endif()

if(WARDKEEP_SANITIZE)
  add_compile_options(-fsanitize=${WARDKEEP_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WARDKEEP_SANITIZE})
endif()
if(WARDKEEP_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

# Boost.Beast and CLI11 files take up to a gigabyte of compiler memory each: one at a time.
set_property(GLOBAL PROPERTY JOB_POOLS heavy_pool=1)
