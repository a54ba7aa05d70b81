"""Puts the shared library into the package.

It is taken from WARDKEEP_LIBRARY if that is set, else built from the tree that this folder lies in, which needs CMake,
Ninja, a C++20 compiler and the development packages of simdjson, zlib and Howard Hinnant's date. WARDKEEP_BUILD_DIR
names the build folder (default: build/python of the tree).
"""

import os
import pathlib
import shutil
import subprocess

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

TREE = pathlib.Path(__file__).resolve().parents[2]


def build_library():
    """The path of the shared library, built if need be."""
    given = os.environ.get("WARDKEEP_LIBRARY")
    if given:
        return pathlib.Path(given)
    if not (TREE / "include" / "wardkeep" / "wardkeep.h").is_file():
        raise RuntimeError("not inside of Wardkeep's tree: set WARDKEEP_LIBRARY to the path of libwardkeep.so")
    folder = pathlib.Path(os.environ.get("WARDKEEP_BUILD_DIR", TREE / "build" / "python"))
    if not (folder / "CMakeCache.txt").is_file():
        subprocess.run(["cmake", "-S", TREE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                        "-DWARDKEEP_LIBRARY_ONLY=ON"], check=True)
    subprocess.run(["cmake", "--build", folder, "--target", "wardkeep_shared"], check=True)
    return folder / "libwardkeep.so"


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        shutil.copyfile(build_library(), pathlib.Path(self.build_lib) / "wardkeep" / "libwardkeep.so")


class PlatformWheel(bdist_wheel):
    """Any Python 3, but only this platform: there is no extension module, only a shared library."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


class BinaryDistribution(Distribution):
    def has_ext_modules(self):
        return True


def work_folder():
    """Where setuptools keeps its intermediate files: out of the sources if this lies in a tree."""
    folder = TREE / "build" / "python-package"
    if not (TREE / "CMakeLists.txt").is_file():
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    return {"build": {"build_base": str(folder)}, "egg_info": {"egg_base": str(folder)}}


setup(options=work_folder(), cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel},
      distclass=BinaryDistribution)
