# Runs tools/codegen over models/*.json into build/<preset>/generated. Needs python3 and its standard library only.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

file(GLOB wk_models CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*.json)
file(GLOB wk_codegen_inputs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*.json ${CMAKE_SOURCE_DIR}/models/*/*.json
     ${CMAKE_SOURCE_DIR}/tools/codegen/*.py)

set(wk_services)
set(wk_codegen_outputs ${CMAKE_BINARY_DIR}/generated/api/services.cc)
foreach(model ${wk_models})
  get_filename_component(service ${model} NAME_WE)
  list(APPEND wk_services ${service})
  foreach(file types.h shapes.h shapes.cc errors.h errors.cc operations.h operations.cc)
    list(APPEND wk_codegen_outputs ${CMAKE_BINARY_DIR}/generated/api/${service}/${file})
  endforeach()
endforeach()

add_custom_command(
  OUTPUT ${wk_codegen_outputs}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/codegen/generate.py
          --models ${CMAKE_SOURCE_DIR}/models --out ${CMAKE_BINARY_DIR}/generated ${wk_services}
  DEPENDS ${wk_codegen_inputs}
  COMMENT "Generating the API of: ${wk_services}"
  VERBATIM)
add_custom_target(wk_codegen DEPENDS ${wk_codegen_outputs})

set(WARDKEEP_GENERATED_wk_api ${wk_codegen_outputs})
