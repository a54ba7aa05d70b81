"""Decides requests against AWS policies, in process, with Wardkeep's evaluator.

One line of the evaluate format in, one out:

    answer = wardkeep.evaluate({"request": {...}, "policies": {...}}, explain=True)

Or compiled once and asked often:

    policies = wardkeep.Policies({"identity": [document]})
    request = wardkeep.Request({"principal": {"arn": "arn:aws:iam::111122223333:user/ann"},
                                "action": "s3:GetObject", "resource": {"arn": "arn:aws:s3:::bucket/key"}})
    if policies.decide(request).allowed: ...
    decisions = policies.decide_many([request, {"principal": ..., "action": ..., "resource": ...}])

The format is that of `wardkeep evaluate` (docs/evaluate-format.md). Policies may be shared by threads; a Request must
not be changed while another thread uses it. Deciding releases the interpreter lock.
"""

from wardkeep.decision import Basis, Decision, PolicyType, Verdict
from wardkeep.engine import Policies, Request, evaluate
from wardkeep.errors import LibraryNotFound, WardkeepError
from wardkeep.library import library_version

# The package and its library are one release.
__version__ = library_version()

__all__ = ["Basis", "Decision", "LibraryNotFound", "Policies", "PolicyType", "Request", "Verdict", "WardkeepError",
           "__version__", "evaluate", "library_version"]
