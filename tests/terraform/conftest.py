"""Fixtures of the Terraform test: those of the black-box tests, whose helper modules can be imported here too."""

import importlib.util
import pathlib
import sys

_blackbox = pathlib.Path(__file__).resolve().parent.parent / "blackbox"
sys.path.insert(0, str(_blackbox))
_spec = importlib.util.spec_from_file_location("blackbox_conftest", _blackbox / "conftest.py")
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
globals().update({name: value for name, value in vars(_module).items() if not name.startswith("__")})
