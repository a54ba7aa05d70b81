# The library for other programs, and how it is installed.
#
#   libwardkeep.so   the C interface of include/wardkeep/wardkeep.h and nothing else: every other symbol is hidden
#   libwardkeep.a    the same, and the C++ classes of include/wardkeep/, which have no stable binary interface
#
# Components: `library` (both libraries, headers, CMake package, pkg-config files) and `program`.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

file(STRINGS include/wardkeep/wardkeep.h abi_line REGEX "^#define WARDKEEP_ABI_VERSION [0-9]+$")
string(REGEX MATCH "[0-9]+$" WARDKEEP_ABI_VERSION "${abi_line}")

set(library_objects)
foreach(folder ${WARDKEEP_LIBRARY_FOLDERS})
  list(APPEND library_objects $<TARGET_OBJECTS:wk_${folder}>)
endforeach()

add_library(wardkeep_shared SHARED $<TARGET_OBJECTS:wk_capi>)
set(version_script ${CMAKE_CURRENT_SOURCE_DIR}/src/capi/exports.map)
target_link_libraries(wardkeep_shared PRIVATE wk_evaluate_format)
target_link_options(wardkeep_shared PRIVATE -Wl,--version-script=${version_script})
set_target_properties(wardkeep_shared PROPERTIES OUTPUT_NAME wardkeep EXPORT_NAME wardkeep LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${WARDKEEP_ABI_VERSION} LINK_DEPENDS ${version_script})

add_library(wardkeep_static STATIC ${library_objects})
target_link_libraries(wardkeep_static PRIVATE simdjson::simdjson date::date-tz ZLIB::ZLIB Threads::Threads)
target_compile_features(wardkeep_static INTERFACE cxx_std_20)
set_target_properties(wardkeep_static PROPERTIES OUTPUT_NAME wardkeep EXPORT_NAME wardkeep_static LINKER_LANGUAGE CXX)

foreach(target wardkeep_shared wardkeep_static)
  target_include_directories(${target} INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/wardkeep)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
# In a pkg-config file, so that an installed tree may be moved.
file(RELATIVE_PATH prefix_from_pkgconfig /${pkgconfig_dir} /)
configure_file(cmake/wardkeep.pc.in ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep.pc @ONLY)
configure_file(cmake/wardkeep-static.pc.in ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-static.pc @ONLY)
configure_file(cmake/wardkeep-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-config.cmake @ONLY)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-config-version.cmake
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)

install(TARGETS wardkeep_shared wardkeep_static EXPORT wardkeep-targets COMPONENT library)
install(DIRECTORY include/wardkeep DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library FILES_MATCHING PATTERN "*.h")
install(EXPORT wardkeep-targets NAMESPACE wardkeep:: DESTINATION ${package_dir} COMPONENT library)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-config-version.cmake DESTINATION ${package_dir} COMPONENT library)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep.pc ${CMAKE_CURRENT_BINARY_DIR}/install/wardkeep-static.pc
  DESTINATION ${pkgconfig_dir} COMPONENT library)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT library)
if(TARGET wardkeep)
  install(TARGETS wardkeep RUNTIME COMPONENT program)
  install(FILES packaging/wardkeep.service DESTINATION ${CMAKE_INSTALL_DATADIR}/wardkeep COMPONENT program)
  install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
  # What the program says of itself.
  set(pages ${CMAKE_CURRENT_BINARY_DIR}/pages)
  file(MAKE_DIRECTORY ${pages})
  install(CODE "
    execute_process(COMMAND $<TARGET_FILE:wardkeep> man OUTPUT_FILE ${pages}/wardkeep.1 COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND $<TARGET_FILE:wardkeep> completion bash OUTPUT_FILE ${pages}/wardkeep COMMAND_ERROR_IS_FATAL ANY)"
    COMPONENT program)
  install(FILES ${pages}/wardkeep.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${pages}/wardkeep DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
endif()
