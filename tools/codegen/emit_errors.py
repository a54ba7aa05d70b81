"""Writes errors.h and errors.cc: one factory per error shape of the model."""
from codegen import names


def factory_name(model, shape):
    """NoSuchEntityException -> NoSuchEntity, unless a structure already has that name."""
    name = model.ids[shape]
    short = name[:-len("Exception")] if name.endswith("Exception") else name
    taken = {model.ids[s] for s in model.structures() if s != shape}
    return name if short in taken else short


def emit_header(model, banner):
    lines = [banner, f"// Errors of {model.metadata['id']}: the wire code and HTTP status of the model around the caller's message.",
             "#pragma once", "", "#include <string>", "", '#include "api/api_error.h"', "",
             f"namespace wardkeep::api::{model.namespace} {{", ""]
    for shape, body in model.errors().items():
        lines.append(f"api::ApiError {factory_name(model, shape)}(std::string message);"
                     f"  // {body['error']['code']} {body['error']['status']}")
    lines += ["", f"}}  // namespace wardkeep::api::{model.namespace}", ""]
    return "\n".join(lines)


def emit_source(model, banner, folder):
    lines = [banner, f'#include "{folder}/errors.h"', "", "#include <utility>", "",
             f"namespace wardkeep::api::{model.namespace} {{", ""]
    for shape, body in model.errors().items():
        lines += [f"api::ApiError {factory_name(model, shape)}(std::string message) {{",
                  f"  return {{{names.literal(body['error']['code'])}, {body['error']['status']}, std::move(message), {{}}}};",
                  "}"]
    lines += ["", f"}}  // namespace wardkeep::api::{model.namespace}", ""]
    return "\n".join(lines)
