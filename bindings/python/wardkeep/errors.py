"""What can go wrong."""

from __future__ import annotations


class WardkeepError(ValueError):
    """Input that cannot be used.

    status: the library's status, such as "WK_REFUSED_DOCUMENT".
    code: "InvalidJson", "InvalidInput", "InputTooLarge", or AWS's code for a document that AWS refuses.
    message: what is wrong; for a document, AWS's text.
    policy_type, policy: which document is refused, else None.
    at: where in that document, such as "Statement[0].Effect"; None where it is not known.
    position: line and column of that place in the document's text, counted from 1; None where they are not known. A
        document that was given as a mapping has one line: `at` tells more.
    """

    def __init__(self, status: str, code: str, message: str, policy_type: str | None = None,
                 policy: str | None = None, at: str | None = None, position: tuple[int, int] | None = None) -> None:
        text = f"{code}: {message}" if message else code
        if policy_type is not None:
            text += f" ({policy_type} policy {policy}{', at ' + at if at else ''})"
        super().__init__(text)
        self.status = status
        self.code = code
        self.message = message
        self.policy_type = policy_type
        self.policy = policy
        self.at = at
        self.position = position


class LibraryNotFound(ImportError):
    """libwardkeep.so is not there, or is of another interface version."""
