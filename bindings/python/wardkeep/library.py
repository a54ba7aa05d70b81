"""libwardkeep.so and the types of its functions (include/wardkeep/wardkeep.h)."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import pathlib

from wardkeep.errors import LibraryNotFound

ABI_VERSION = 1
EXPLAIN = 1
TRUST_POLICY = 1


class CString(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("size", ctypes.c_size_t)]


class CContextKey(ctypes.Structure):
    _fields_ = [("key", CString), ("values", ctypes.POINTER(CString)), ("value_count", ctypes.c_size_t),
                ("multi_valued", ctypes.c_int32)]


class CDecision(ctypes.Structure):
    _fields_ = [("verdict", ctypes.c_int32), ("basis", ctypes.c_int32), ("policy_type", ctypes.c_int32),
                ("policy", ctypes.c_uint32), ("statement", ctypes.c_uint32), ("missing_layers", ctypes.c_uint32)]


_HANDLE = ctypes.c_void_p
_OUT = ctypes.POINTER(ctypes.c_void_p)
# Function -> result, arguments.
_SIGNATURES = {
    "wk_abi_version": (ctypes.c_uint32, []),
    "wk_version": (ctypes.c_char_p, []),
    "wk_status_name": (ctypes.c_char_p, [ctypes.c_int]),
    "wk_text_data": (ctypes.c_void_p, [_HANDLE]),
    "wk_text_size": (ctypes.c_size_t, [_HANDLE]),
    "wk_text_free": (None, [_HANDLE]),
    "wk_evaluate_json": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint32, _OUT]),
    "wk_policies_compile": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint32, _OUT, _OUT]),
    "wk_policies_free": (None, [_HANDLE]),
    "wk_request_parse": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_size_t, _OUT, _OUT]),
    "wk_request_set_action": (ctypes.c_int, [_HANDLE, CString]),
    "wk_request_set_resource": (ctypes.c_int, [_HANDLE, CString, CString]),
    "wk_request_set_context": (ctypes.c_int, [_HANDLE, ctypes.POINTER(CContextKey)]),
    "wk_request_free": (None, [_HANDLE]),
    "wk_evaluate": (ctypes.c_int, [_HANDLE, _HANDLE, ctypes.POINTER(CDecision)]),
    "wk_evaluate_many": (ctypes.c_int, [_HANDLE, ctypes.POINTER(ctypes.c_void_p), ctypes.c_size_t,
                                        ctypes.POINTER(CDecision)]),
    "wk_explain": (ctypes.c_int, [_HANDLE, _HANDLE, _OUT]),
}


def _find() -> str:
    """WARDKEEP_LIBRARY, else the library in this package, else the system's."""
    given = os.environ.get("WARDKEEP_LIBRARY")
    if given:
        return given
    bundled = pathlib.Path(__file__).with_name("libwardkeep.so")
    if bundled.is_file():
        return str(bundled)
    found = ctypes.util.find_library("wardkeep")
    if found:
        return found
    raise LibraryNotFound("libwardkeep.so is not installed; set WARDKEEP_LIBRARY to its path")


def _load() -> ctypes.CDLL:
    path = _find()
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise LibraryNotFound(f"{path}: {error}") from error
    for name, (result, arguments) in _SIGNATURES.items():
        try:
            function = getattr(library, name)
        except AttributeError as error:
            raise LibraryNotFound(f"{path} has no function {name}") from error
        function.restype, function.argtypes = result, arguments
    if library.wk_abi_version() != ABI_VERSION:
        raise LibraryNotFound(f"{path} has interface version {library.wk_abi_version()}, this package needs {ABI_VERSION}")
    return library


LIBRARY = _load()


def library_version() -> str:
    """The release of the library that is loaded, such as "0.1.0"."""
    return LIBRARY.wk_version().decode()


def status_name(status: int) -> str:
    return LIBRARY.wk_status_name(status).decode()


def take_text(text: ctypes.c_void_p) -> str | None:
    """The text behind a wk_text pointer, which is freed; None of null."""
    if not text.value:
        return None
    try:
        return ctypes.string_at(LIBRARY.wk_text_data(text), LIBRARY.wk_text_size(text)).decode()
    finally:
        LIBRARY.wk_text_free(text)
