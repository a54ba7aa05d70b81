"""Policies, requests and decisions over the C interface."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union

from wardkeep.decision import BASES, POLICY_TYPES, VERDICTS, Basis, Decision
from wardkeep.errors import WardkeepError
from wardkeep.library import (EXPLAIN, LIBRARY, TRUST_POLICY, CContextKey, CDecision, CString, status_name, take_text)

Json = Union[str, Mapping[str, Any]]
Scalar = Union[str, int, float, bool]


def _json_bytes(value: Json, what: str) -> bytes:
    if not isinstance(value, (str, Mapping)):
        raise TypeError(f"{what} must be a mapping or JSON text, not {type(value).__name__}")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")  # the library refuses what is not UTF-8


def _c_string(text: str) -> CString:
    data = text.encode("utf-8", "surrogatepass")
    return CString(data, len(data))


def _check(status: int, error: ctypes.c_void_p | None = None) -> None:
    """Raises unless the status is WK_OK; `error` is the library's JSON about it."""
    if status == 0:
        return
    text = take_text(error) if error is not None else None
    name = status_name(status)
    if text is None:
        raise WardkeepError(name, name, "")
    about = json.loads(text)
    where = about.get("position")
    raise WardkeepError(name, about["code"], about["message"], about.get("policyType"), about.get("policy"),
                        about.get("at"), (where["line"], where["column"]) if where else None)


def evaluate(case: Json, *, explain: bool = False) -> dict[str, Any]:
    """Answers one line of the evaluate format, given as a mapping or as JSON text.

    The answer is the format's: {"id": ..., "decision": ...}, or {"id": ..., "error": ...} for a line that cannot be
    used; that is not raised.
    """
    data = _json_bytes(case, "a case")
    answer = ctypes.c_void_p()
    status = LIBRARY.wk_evaluate_json(data, len(data), EXPLAIN if explain else 0, ctypes.byref(answer))
    text = take_text(answer)
    if text is None:
        _check(status)
        raise AssertionError("no answer and no error")
    return json.loads(text)


class Request:
    """A request: the value of `request` of the evaluate format, as a mapping or as JSON text.

    Raises WardkeepError if it is none. The setters change it in place, so that one request serves many questions of
    the same caller.
    """

    def __init__(self, request: Json) -> None:
        self._handle = ctypes.c_void_p()
        data = _json_bytes(request, "a request")
        error = ctypes.c_void_p()
        _check(LIBRARY.wk_request_parse(data, len(data), ctypes.byref(self._handle), ctypes.byref(error)), error)

    def set_action(self, action: str) -> None:
        _check(LIBRARY.wk_request_set_action(self._handle, _c_string(action)))

    def set_resource(self, arn: str, account_id: str = "") -> None:
        """`account_id`: the owner, 12 digits; empty: the ARN's account, else the principal's."""
        _check(LIBRARY.wk_request_set_resource(self._handle, _c_string(arn), _c_string(account_id)))

    def set_context(self, key: str, value: Scalar | Sequence[Scalar]) -> None:
        """A list makes a multi-valued key. Replaces what the key had."""
        multi_valued = not isinstance(value, (str, int, float))
        values = [_scalar_text(element) for element in (value if multi_valued else [value])]
        array = (CString * len(values))(*(_c_string(text) for text in values))
        entry = CContextKey(_c_string(key), array, len(values), int(multi_valued))
        _check(LIBRARY.wk_request_set_context(self._handle, ctypes.byref(entry)))

    def __del__(self) -> None:
        if LIBRARY is not None and getattr(self, "_handle", None):
            LIBRARY.wk_request_free(self._handle)


def _as_request(request: Request | Json) -> Request:
    return request if isinstance(request, Request) else Request(request)


def _scalar_text(value: Scalar) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    raise TypeError(f"a context value must be a string, number or boolean, not {type(value).__name__}")


class Policies:
    """All policies that bear on a request, compiled: the value of `policies` of the evaluate format.

    `trust`: the member `resource` is the trust policy of a role. Raises WardkeepError for a document that AWS would
    refuse.
    """

    def __init__(self, policies: Json, *, trust: bool = False) -> None:
        self._handle = ctypes.c_void_p()
        data = _json_bytes(policies, "policies")
        error = ctypes.c_void_p()
        flags = TRUST_POLICY if trust else 0
        _check(LIBRARY.wk_policies_compile(data, len(data), flags, ctypes.byref(self._handle), ctypes.byref(error)),
               error)

    def decide(self, request: Request | Json) -> Decision:
        """`request` may be given as a Request takes it; one that is asked about often is better made once."""
        asked = _as_request(request)
        decision = CDecision()
        _check(LIBRARY.wk_evaluate(self._handle, asked._handle, ctypes.byref(decision)))
        return _from_c(decision)

    def decide_many(self, requests: Iterable[Request | Json]) -> list[Decision]:
        """The decisions in the order of the requests, made in batches. Raises for the first request that is none."""
        asked = [_as_request(request) for request in requests]
        handles = (ctypes.c_void_p * len(asked))(*(request._handle for request in asked))
        decisions = (CDecision * len(asked))()
        _check(LIBRARY.wk_evaluate_many(self._handle, handles, len(asked), decisions))
        return [_from_c(decision) for decision in decisions]

    def explain(self, request: Request | Json) -> dict[str, Any]:
        """The decision as the format's answer: names, every statement that matched, missing context keys."""
        asked = _as_request(request)
        answer = ctypes.c_void_p()
        _check(LIBRARY.wk_explain(self._handle, asked._handle, ctypes.byref(answer)))
        return json.loads(take_text(answer) or "null")

    def __del__(self) -> None:
        if LIBRARY is not None and getattr(self, "_handle", None):
            LIBRARY.wk_policies_free(self._handle)


def _from_c(decision: CDecision) -> Decision:
    basis = BASES[decision.basis]
    by_statement = basis is Basis.STATEMENT
    return Decision(
        verdict=VERDICTS[decision.verdict],
        basis=basis,
        policy_type=POLICY_TYPES[decision.policy_type] if by_statement else None,
        policy=decision.policy if by_statement else None,
        statement=decision.statement if by_statement else None,
        missing_layers=frozenset(kind for bit, kind in enumerate(POLICY_TYPES) if decision.missing_layers >> bit & 1))
