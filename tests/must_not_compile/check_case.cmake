# Compiles CASE once as it is and once with MISUSE; see CMakeLists.txt.
set(command ${COMPILER} -std=c++20 -fsyntax-only -Wall -Wextra -Werror -fno-diagnostics-color
    -I${SOURCE_ROOT}/src -I${SOURCE_ROOT}/include)

execute_process(COMMAND ${command} ${CASE} RESULT_VARIABLE status ERROR_VARIABLE complaints)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the control does not compile:\n${complaints}")
endif()

# The number of the marked line. Semicolons and brackets would split the list of lines.
file(READ ${CASE} text)
string(REGEX REPLACE "[][;]" "" text "${text}")
string(REPLACE "\n" ";" lines "${text}")
set(number 0)
set(marked 0)
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(line MATCHES "// REFUSED")
    set(marked ${number})
  endif()
endforeach()
if(marked EQUAL 0)
  message(FATAL_ERROR "${CASE} marks no line with // REFUSED")
endif()

execute_process(COMMAND ${command} -DMISUSE ${CASE} RESULT_VARIABLE status ERROR_VARIABLE complaints)
if(status EQUAL 0)
  message(FATAL_ERROR "the misuse compiles: ${CASE}:${marked}")
endif()
get_filename_component(file_name ${CASE} NAME)
if(NOT complaints MATCHES "${file_name}:${marked}:[0-9]+: (error|.*static assertion)")
  message(FATAL_ERROR "the misuse fails, but not at line ${marked}:\n${complaints}")
endif()
