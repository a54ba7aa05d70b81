"""What can go wrong."""

from __future__ import annotations


class WardkeepError(ValueError):
    """Input that cannot be used.

    status: the library's status, such as "WK_REFUSED_DOCUMENT".
    code: "InvalidJson", "InvalidInput", "InputTooLarge", or AWS's code for a document that AWS refuses.
    message: what is wrong; for a document, AWS's text.
    policy_type, policy: which document is refused, else None.
    """

    def __init__(self, status: str, code: str, message: str, policy_type: str | None = None,
                 policy: str | None = None) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.status = status
        self.code = code
        self.message = message
        self.policy_type = policy_type
        self.policy = policy


class LibraryNotFound(ImportError):
    """libwardkeep.so is not there, or is of another interface version."""
