# Runs tools/codegen over models/*.json into build/<preset>/generated. Filled in by the generator's own file.
add_custom_target(wk_codegen)
