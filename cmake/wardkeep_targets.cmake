# What the library for other programs is made of (wardkeep_install.cmake). With WARDKEEP_LIBRARY_ONLY the other folders
# are left out, and so is what they need of third parties.
set(WARDKEEP_LIBRARY_FOLDERS base json catalog policy timezone evaluate_format capi)

# wk_folder(NAME [LINKS folders...] [PRIVATE_LINKS targets...])
#   One static library wk_NAME (slashes become underscores) from src/NAME/*.cc, plus generated sources
#   registered for the folder in WARDKEEP_GENERATED_<NAME>. A folder without sources becomes INTERFACE.
function(wk_folder name)
  cmake_parse_arguments(ARG "" "" "LINKS;PRIVATE_LINKS" ${ARGN})
  if(WARDKEEP_LIBRARY_ONLY AND NOT name IN_LIST WARDKEEP_LIBRARY_FOLDERS)
    return()
  endif()
  string(REPLACE "/" "_" target "wk_${name}")
  # service/ has sub-folders of its own (service/iam, service/sts); storage/ backends are folders apart.
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc ${CMAKE_SOURCE_DIR}/src/${name}/*.S)
  if(NOT name STREQUAL "storage")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc ${CMAKE_SOURCE_DIR}/src/${name}/*.S)
  endif()
  list(APPEND sources ${WARDKEEP_GENERATED_${target}})
  set(links)
  foreach(dep ${ARG_LINKS})
    string(REPLACE "/" "_" dep "wk_${dep}")
    list(APPEND links ${dep})
  endforeach()
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
    target_compile_options(${target} PRIVATE ${WARDKEEP_WARNINGS})
    target_link_libraries(${target} PUBLIC ${links} PRIVATE ${ARG_PRIVATE_LINKS})
    if(WARDKEEP_GENERATED_${target})
      target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/generated)
      add_dependencies(${target} wk_codegen)
    endif()
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
    target_link_libraries(${target} INTERFACE ${links} ${ARG_PRIVATE_LINKS})
  endif()
  if(target STREQUAL "wk_net" AND sources)
    set_property(TARGET ${target} PROPERTY JOB_POOL_COMPILE heavy_pool)
  endif()
endfunction()

# wk_embed(FOLDER ASSEMBLER_FILE DATA_FILE)
#   Lets an assembler file of src/FOLDER take DATA_FILE in with .incbin, by its bare name, and rebuilds when it changes.
function(wk_embed folder assembler_file data_file)
  get_filename_component(data_dir ${data_file} DIRECTORY)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/${folder}/${assembler_file} PROPERTIES
    OBJECT_DEPENDS ${data_file} INCLUDE_DIRECTORIES ${data_dir})
endfunction()

# wk_test(NAME SOURCES files... LINKS targets... [LABELS labels...] [TIMEOUT seconds])
#   A GoogleTest program, discovered case by case, run with the corpus folder in WARDKEEP_CORPUS.
function(wk_test name)
  cmake_parse_arguments(ARG "WHOLE" "TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(WARDKEEP_SANITIZE)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 10")  # checked code is slower, ThreadSanitizer's up to so much
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE ${WARDKEEP_WARNINGS})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gtest GTest::gmock GTest::gtest_main)
  # One ctest entry per program: discovery per case would start each program hundreds of times.
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "WARDKEEP_CORPUS=${WARDKEEP_CORPUS};WARDKEEP_BINARY=${CMAKE_BINARY_DIR}/wardkeep")
endfunction()
