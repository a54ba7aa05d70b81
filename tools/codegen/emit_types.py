"""Writes types.h: one plain struct per structure of the model."""
from codegen import names


def emit(model, banner):
    lines = [banner, f"// Structures of {model.metadata['id']} {model.metadata['version']}. Plain values; every member optional.",
             "#pragma once", "", "#include <cstdint>", "#include <optional>", "#include <string>", "#include <utility>",
             "#include <vector>", "", '#include "api/box.h"', '#include "api/flag.h"', '#include "base/clock.h"', "",
             f"namespace wardkeep::api::{model.namespace} {{", ""]
    structures = [s for s in model.order if model.is_structure(s) and "error" not in model.shapes[s]]
    lines += [f"struct {model.ids[s]};" for s in sorted(structures, key=lambda s: model.ids[s])]
    for shape in structures:
        lines += ["", f"struct {model.ids[shape]} {{"]
        for name, member in model.shapes[shape]["members"].items():
            target = model.cpp_type(member["shape"])
            if model.boxed(shape, member["shape"]):
                target = f"api::Box<{target}>"
            lines.append(f"  std::optional<{target}> {names.snake(name)};")
        lines.append("};")
    lines.append("")
    lines += [f"using {alias} = {target};" for alias, target in sorted(model.aliases.items())]
    lines += ["", f"}}  // namespace wardkeep::api::{model.namespace}", ""]
    return "\n".join(lines)
