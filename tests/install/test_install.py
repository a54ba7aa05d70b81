"""The library as other programs get it: installed, built against from outside of the tree, and as a Python package."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

TREE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("WARDKEEP_BUILD", TREE / "build" / "release"))
C_OUTPUT = ["arn:aws:s3:::team/ann/plan.txt: allowed by statement 0", "arn:aws:s3:::team/bob/plan.txt: implicit deny",
            "arn:aws:s3:::team/ann/plan.txt: explicit deny by statement 1"]
CPP_OUTPUT = ["arn:aws:s3:::team/ann/plan.txt: allowed by OwnFolder", "arn:aws:s3:::team/bob/plan.txt: implicit deny",
              "arn:aws:s3:::team/ann/secret.txt: explicit deny by NoSecrets"]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """The library installed into a folder that was then moved: nothing may remember where it was."""
    first = tmp_path_factory.mktemp("install") / "first"
    run("cmake", "--install", BUILD, "--component", "library", "--prefix", first)
    return first.rename(first.with_name("moved"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The examples as a copy, so that they cannot reach into the tree."""
    return pathlib.Path(shutil.copytree(TREE / "examples", tmp_path_factory.mktemp("outside") / "examples"))


def library_dir(prefix):
    return next(prefix.rglob("libwardkeep.so")).parent


def pkg_config(prefix, *arguments):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(library_dir(prefix) / "pkgconfig")}
    return run("pkg-config", *arguments, env=environment).split()


@pytest.mark.parametrize("language, expected", [("c", C_OUTPUT), ("cpp", CPP_OUTPUT)])
def test_example_with_find_package(prefix, examples, tmp_path, language, expected):
    run("cmake", "-G", "Ninja", "-S", examples / language, "-B", tmp_path, f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", tmp_path)
    assert run(tmp_path / "decide").splitlines()[:3] == expected


def test_c_example_with_pkg_config(prefix, examples, tmp_path):
    flags = pkg_config(prefix, "--cflags", "--libs", "wardkeep")
    run("cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", examples / "c" / "decide.c", *flags,
        f"-Wl,-rpath,{library_dir(prefix)}", "-o", tmp_path / "decide")
    lines = run(tmp_path / "decide").splitlines()
    assert lines[:3] == C_OUTPUT
    answer = json.loads(lines[3])
    assert answer["reason"]["sid"] == "OfficeOnly" and len(answer["matched"]) == 2


def test_cpp_example_with_pkg_config(prefix, examples, tmp_path):
    flags = pkg_config(prefix, "--cflags", "--libs", "wardkeep-static")
    run("c++", "-std=c++20", "-Wall", "-Wextra", "-Werror", examples / "cpp" / "decide.cc", *flags,
        "-o", tmp_path / "decide")
    assert run(tmp_path / "decide").splitlines() == CPP_OUTPUT


def test_shared_library_shows_its_interface_and_nothing_else(prefix):
    names = {line.split()[-1].split("@")[0] for line in
             run("nm", "-D", "--defined-only", library_dir(prefix) / "libwardkeep.so").splitlines()}
    header = (prefix / "include" / "wardkeep" / "wardkeep.h").read_text()
    declared = {word.split("(")[0].lstrip("*") for line in header.splitlines() if line.startswith("WK_API")
                for word in line.split() if "(" in word}
    assert names - {"WARDKEEP_1"} == declared


def test_python_package_from_the_tree(prefix, tmp_path):
    """`pip install` of the folder gives a package that brings its library along, and its tests pass."""
    environment = {**os.environ, "WARDKEEP_BUILD_DIR": str(BUILD), "PYTHONPATH": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("WARDKEEP_LIBRARY", None)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path / "wheels",
        TREE / "bindings" / "python", env=environment)
    (wheel,) = (tmp_path / "wheels").iterdir()
    assert wheel.name.startswith("wardkeep-") and "-py3-none-linux_" in wheel.name
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path / "packages", wheel,
        env=environment)
    out = run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TREE / "bindings" / "python" / "tests",
              cwd=tmp_path, env={**environment, "PYTHONPATH": str(tmp_path / "packages")})
    assert " passed" in out and "failed" not in out


def test_lines_of_the_readme(tmp_path):
    """The lines under "Embed it" work as they are printed, in a home of their own."""
    section = (TREE / "README.md").read_text().split("## Embed it", 1)[1].split("\n## ", 1)[0]
    lines = section.split("```sh\n", 1)[1].split("```", 1)[0].replace("build/release", str(BUILD))
    environment = {**os.environ, "HOME": str(tmp_path), "WARDKEEP_BUILD_DIR": str(BUILD), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("WARDKEEP_LIBRARY", None)
    run("bash", "-euc", lines, cwd=TREE, env=environment)
    program = section.split("```python\n", 1)[1].split("```", 1)[0]
    run(tmp_path / "wardkeep-python" / "bin" / "python", "-c", program, cwd=tmp_path)
    assert (tmp_path / ".local" / "include" / "wardkeep" / "wardkeep.h").is_file()


def test_program_is_installed_with_its_pages(tmp_path):
    run("cmake", "--install", BUILD, "--component", "program", "--prefix", tmp_path)
    assert run(tmp_path / "bin" / "wardkeep", "--version").startswith("wardkeep ")
    assert ".TH WARDKEEP 1" in (tmp_path / "share" / "man" / "man1" / "wardkeep.1").read_text()
    run("bash", "-n", tmp_path / "share" / "bash-completion" / "completions" / "wardkeep")
    unit = tmp_path / "share" / "wardkeep" / "wardkeep.service"
    assert "ExecStart=/usr/local/bin/wardkeep serve" in unit.read_text()
    if shutil.which("systemd-analyze"):
        # Program and manual page are not where the unit looks for them; all else that the verifier says is a fault.
        done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, timeout=60)
        said = [line for line in done.stderr.splitlines() if str(unit) in line or unit.name in line]
        assert not [line for line in said if "/usr/local/bin/wardkeep" not in line and "man wardkeep" not in line], done.stderr
