#!/usr/bin/env python3
"""Says what the models lack, and what of them no handler reads.

  tools/check_models.py            part of `./test checks`
  tools/check_models.py --newest   also asks PyPI whether there is a newer botocore than the one that was imported

1. An operation or member that the botocore of the tests' environment (.venv) has and models/ has not: the importer
   has to be run again (tools/import_models.py). Skipped, with a word, where there is no such environment.
2. A member of a request that is decoded and validated but that no handler looks at: a client that sends it is
   misled. What is ignored on purpose stands in IGNORED, and in docs/compatibility.md.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

import import_models
from codegen import convert, names

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
# (service, operation, member) -> why nobody reads it.
IGNORED = {
    ("iam", "AcquireRole", "TemplateMinorVersion"): "there are no role templates: every TemplateArn is unknown",
    ("iam", "AcquireRole", "ReplacementValues"): "the same",
    ("iam", "GetRoleTemplateVersion", "MinorVersion"): "the same",
    ("iam", "GenerateOrganizationsAccessReport", "EntityPath"): "there are no organizations: refused before it is looked at",
    ("iam", "GenerateOrganizationsAccessReport", "OrganizationsPolicyId"): "the same",
    ("iam", "GetOrganizationsAccessReport", "SortKey"): "the same: no report is ever there",
    ("sts", "GetScopedCredentials", "ScopedSessionDescription"): "for the audit log alone",
    ("ec2", "DescribeRegions", "AllRegions"): "every region there is, is enabled",
}


def installed_data():
    """(version, data folder) of the botocore of the tests, or None."""
    if not PYTHON.exists():
        return None
    code = "import botocore, os; print(botocore.__version__); print(os.path.join(os.path.dirname(botocore.__file__), 'data'))"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    version, folder = done.stdout.split("\n")[:2]
    return version, pathlib.Path(folder)


def published(data, service):
    """The part of the installed description that is served, in the form of models/."""
    source, kept = import_models.PARTS.get(service, (service, None))
    versions = sorted(p for p in (data / source).iterdir() if p.is_dir())
    _, description = import_models.read_description(versions[-1])
    return convert.convert(convert.part(description, kept), {}, {})


def lacking(model, other):
    """What `other` has and `model` has not, as texts."""
    for name in other["operations"]:
        if name not in model["operations"]:
            yield f"operation {name}"
    for name, shape in other["shapes"].items():
        known = model["shapes"].get(name)
        if known is None:
            yield f"shape {name}"
            continue
        yield from (f"member {name}.{m}" for m in shape.get("members", {}) if m not in known.get("members", {}))
        yield from (f"value {v} of {name}" for v in shape.get("enum", ()) if v not in known.get("enum", ()))


def sources():
    """Text of each source file of the services and of the pipeline."""
    paths = [p for folder in ("service", "pipeline") for p in sorted((ROOT / "src" / folder).rglob("*")) if p.suffix in (".h", ".cc")]
    return {path: path.read_text() for path in paths}


def unread(service, model, rows, texts):
    """(operation, member) of requests that no file which speaks of the request, and no shared header, reads."""
    shared = "\n".join(text for path, text in texts.items() if path.suffix == ".h" or "pipeline" in path.parts)
    for operation, row in model["operations"].items():
        if "input" not in row:
            continue
        shape = names.pascal(row["input"])
        own = [text for text in texts.values() if re.search(rf"\b{shape}\b", text)]
        if not own:
            continue  # no handler: answered as an unknown operation
        text = shared + "\n".join(own)
        keys = rows[operation].get("keys", {}).values()  # condition keys that carry a member to the policies
        for member in model["shapes"][row["input"]]["members"]:
            read = member in keys or re.search(rf"\b{names.snake(member)}\b", text)
            if not read and (service, operation, member) not in IGNORED:
                yield operation, member


def newest():
    """The newest botocore that PyPI serves, or None when it cannot be asked."""
    command = [sys.executable, "-m", "pip", "index", "versions", import_models.PACKAGE, "--disable-pip-version-check"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    found = re.match(rf"{import_models.PACKAGE} \(([\d.]+)\)", done.stdout)
    return found[1] if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newest", action="store_true", help="also ask PyPI; a newer release is reported, not a failure")
    arguments = parser.parse_args()
    faults = []
    installed = installed_data()
    texts = sources()
    for path in sorted((ROOT / "models").glob("*.json")):
        model = json.loads(path.read_text())
        rows = json.loads((ROOT / "models" / "authorization" / path.name).read_text())["operations"]
        faults += [f"{path.stem}: no handler reads {o}.{m}" for o, m in unread(path.stem, model, rows, texts)]
        if installed and model["provenance"]["source"] == import_models.PACKAGE:
            version, data = installed
            faults += [f"{path.stem}: botocore {version} has {what}" for what in lacking(model, published(data, path.stem))]
    if not installed:
        print("check_models: no botocore in .venv (tools/make_venv.sh makes it): not compared with the newest models")
    if arguments.newest:
        version = newest()
        if version is None:
            print("check_models: PyPI cannot be asked")
        elif version != import_models.VERSION:
            print(f"check_models: botocore {version} is out; models/ are from {import_models.VERSION}")
    for fault in faults:
        print(fault)
    if not faults:
        print("the models have what botocore has, and handlers read what the models have")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
