#!/usr/bin/env python3
"""Imports published API models into models/<service>.json.

  tools/import_models.py iam sts tag ec2

A developer's tool, not part of the build: it installs one pinned botocore release from PyPI into a virtual
environment under build/, reads the service description from it and writes the compact, project-owned form
(tools/codegen/convert.py). Corrections do not belong into its output but into models/overlays/<service>.json.
"""
import argparse
import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import venv

from codegen import convert

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = "botocore"
VERSION = "1.44.8"
# Models of which only a part is served, named by the prefix of their actions: file under models/ -> folder of the package, operations that are kept.
PARTS = {
    "tag": ("resourcegroupstaggingapi", ("GetResources", "GetTagKeys", "GetTagValues")),
    "ec2": ("ec2", ("DescribeRegions",)),
}


def source_folder():
    """The data folder of the pinned package, installed on first use."""
    place = ROOT / "build" / f"models-{VERSION}"
    if not list(place.glob("lib/python*/site-packages/botocore/data")):
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "--quiet", "--no-deps", f"{PACKAGE}=={VERSION}"], check=True)
    return next(place.glob("lib/python*/site-packages/botocore/data"))


def read_description(folder):
    packed = folder / "service-2.json.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "service-2.json").read_bytes()
    return raw, json.loads(raw)


def format_model(model):
    """One line per operation and shape: small, and a readable diff when a model is refreshed."""
    lines = ["{"]
    sections = list(model.items())
    for i, (section, content) in enumerate(sections):
        end = "" if i == len(sections) - 1 else ","
        if section in ("provenance", "metadata"):
            lines.append(f'"{section}": {json.dumps(content)}{end}')
            continue
        lines.append(f'"{section}": {{')
        rows = [f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=True)}" for k, v in content.items()]
        lines.append(",\n".join(rows))
        lines.append("}" + end)
    lines.append("}")
    return "\n".join(line for line in lines if line) + "\n"


def import_service(data, service):
    source, kept = PARTS.get(service, (service, None))
    versions = sorted(p for p in (data / source).iterdir() if p.is_dir())
    if not versions:
        raise SystemExit(f"{service}: no model in {PACKAGE} {VERSION}")
    folder = versions[-1]
    raw, description = read_description(folder)
    pages = folder / "paginators-1.json"
    paginators = json.loads(pages.read_text())["pagination"] if pages.exists() else {}
    provenance = {"source": PACKAGE, "source_version": VERSION, "license": "Apache-2.0",
                  "path": f"{source}/{folder.name}/service-2.json", "sha256": hashlib.sha256(raw).hexdigest()}
    model = convert.convert(convert.part(description, kept), paginators, provenance)
    if kept:
        model["metadata"]["partial"] = True
    target = ROOT / "models" / f"{service}.json"
    target.write_text(format_model(model))
    print(f"{service}: {len(model['operations'])} operations, {len(model['shapes'])} shapes -> {target.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="+", metavar="SERVICE", help="name of the service, such as iam")
    arguments = parser.parse_args()
    data = source_folder()
    for service in arguments.services:
        import_service(data, service)


if __name__ == "__main__":
    sys.exit(main())
