#!/usr/bin/env python3
"""Checks who includes whom.

    tools/check_includes.py [ROOT]

Three rules, each with one source of truth:

1. A file of src/X includes only headers of X and of the folders that X is linked with, directly or through them. The
   table is the wk_folder() lines of CMakeLists.txt.
2. A third-party header appears only in .cc files of the one folder that owns it (THIRD_PARTY below).
3. Some standard headers are banned (BANNED below).

include/wardkeep/ counts as part of the folder policy. Exits 1 and prints file:line for every breach.
"""

import pathlib
import re
import sys

# Header prefix -> folders whose .cc files may include it. Everything not listed and in <> with a dot or slash is foreign.
THIRD_PARTY = {
    "simdjson.h": {"json"},
    "openssl/": {"certificate", "crypto", "net"},
    "sodium.h": {"crypto"},
    "sqlite3.h": {"storage/sqlite"},
    "zlib.h": {"catalog"},
    "fido.h": {"fido"},
    "fido/": {"fido"},
    "png.h": {"qr"},
    "qrencode.h": {"qr"},
    "boost/": {"net"},
    "date/": {"timezone"},
    "toml++/": {"server"},
    "prometheus/": {"server"},
    "CLI/": {"cli"},
    "curl/": {"cli", "federation"},
    "libxml/": {"federation"},
}
# Headers of the operating system and of the processor, free for every .cc file.
SYSTEM = ("sys/", "unistd.h", "fcntl.h", "signal.h", "netinet/", "arpa/", "netdb.h", "poll.h", "pthread.h", "errno.h",
          "dirent.h", "sched.h", "syslog.h", "termios.h", "malloc.h", "emmintrin.h",
          "stddef.h", "stdint.h")  # the last two for the header that C programs include
# Header -> why not.
BANNED = {
    "regex": "costs seconds of compile time and is not linear",
    "iostream": "only main.cc may use it",
    "format": "does not exist in gcc 12",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def read_links(root):
    """Folder -> every folder it may include, from the wk_folder() lines."""
    text = (root / "CMakeLists.txt").read_text()
    direct = {}
    for arguments in re.findall(r"^wk_folder\(([^)]*)\)", text, re.MULTILINE):
        words = arguments.split()
        links = []
        if "LINKS" in words:
            for word in words[words.index("LINKS") + 1:]:
                if word == "PRIVATE_LINKS":
                    break
                links.append(word)
        direct[words[0]] = links
    closed = {}

    def close(folder):
        if folder not in closed:
            closed[folder] = {folder}
            for link in direct[folder]:
                closed[folder] |= close(link)
        return closed[folder]

    for folder in direct:
        close(folder)
    return closed


def folder_of(path, folders):
    """The wk_folder() that owns a path relative to src/, or None."""
    parts = path.split("/")
    for size in range(len(parts) - 1, 0, -1):
        name = "/".join(parts[:size])
        if name in folders:
            return name
    return None


def check_quoted(header, folder, allowed, folders):
    """What is wrong with #include "header" in a file of `folder`, or None."""
    if header.startswith("wardkeep/"):
        owner = "policy"
    else:
        owner = folder_of(header, folders)
        if owner is None:
            generated = header.split("/")[0]
            owner = generated if generated in folders else None
    if owner is None:
        return f'"{header}" is in no folder of src/'
    if owner not in allowed:
        return f"{folder} must not include {owner}"
    return None


def check_angled(header, folder, is_source, is_main):
    """What is wrong with #include <header> in a file of `folder`, or None."""
    if header in BANNED and not (header == "iostream" and is_main):
        return f"<{header}> is banned: {BANNED[header]}"
    if header.startswith(SYSTEM):
        return None
    for prefix, owners in THIRD_PARTY.items():
        if header.startswith(prefix):
            if folder not in owners:
                return f"<{header}> belongs to {', '.join(sorted(owners))}"
            return None if is_source else f"<{header}> may appear only in .cc files"
    if "/" in header or header.endswith((".h", ".hpp")):
        return f"<{header}> is not known; third-party headers are listed in tools/check_includes.py"
    return None


def check_file(path, folder, links):
    """Every breach in one file, as (line number, text)."""
    breaches = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        if match[1] == '"':
            problem = check_quoted(match[2], folder, links[folder], links)
        else:
            problem = check_angled(match[2], folder, path.suffix == ".cc", path.name == "main.cc")
        if problem:
            breaches.append((number, problem))
    return breaches


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    links = read_links(root)
    links["main"] = set(links)  # src/main.cc and nothing else
    files = sorted(p for top in ("src", "include") for p in (root / top).rglob("*") if p.suffix in (".h", ".cc"))
    failed = False
    for path in files:
        relative = path.relative_to(root)
        if relative.parts[0] == "include":
            folder = "policy"
        else:
            inside = str(relative.relative_to("src"))
            folder = "main" if inside == "main.cc" else folder_of(inside, links)
        problems = check_file(path, folder, links) if folder else [(1, "lies in no wk_folder() of CMakeLists.txt")]
        for number, problem in problems:
            print(f"{relative}:{number}: {problem}")
            failed = True
    if not failed:
        print(f"{len(files)} files keep the include table")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
