"""What a decision holds."""

from __future__ import annotations

import dataclasses
import enum


class Verdict(enum.Enum):
    IMPLICIT_DENY = "implicitDeny"
    EXPLICIT_DENY = "explicitDeny"
    ALLOWED = "allowed"


class Basis(enum.Enum):
    """What decided."""

    NONE = "none"  # an implicit deny: see Decision.missing_layers
    STATEMENT = "statement"  # Decision.policy_type, policy and statement name it
    ROOT_USER = "rootUser"
    UNDENIABLE = "undeniable"
    BUILT_IN_DENY = "builtInDeny"


class PolicyType(enum.Enum):
    IDENTITY = "identity"
    RESOURCE = "resource"
    PERMISSIONS_BOUNDARY = "permissionsBoundary"
    SESSION = "session"
    SERVICE_CONTROL = "serviceControl"
    RESOURCE_CONTROL = "resourceControl"
    ENDPOINT = "endpoint"


# In the order of the numbers of the C interface.
VERDICTS = tuple(Verdict)
BASES = tuple(Basis)
POLICY_TYPES = tuple(PolicyType)


@dataclasses.dataclass(frozen=True)
class Decision:
    """The verdict and why.

    policy_type, policy, statement: the statement that decided, by number, None where none did; policies of a type are
    numbered in the order given, those of an organization's levels through all levels.
    missing_layers: for an implicit deny, the kinds of policy that would have had to allow.
    """

    verdict: Verdict
    basis: Basis
    policy_type: PolicyType | None
    policy: int | None
    statement: int | None
    missing_layers: frozenset[PolicyType]

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOWED
