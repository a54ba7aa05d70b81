"""How the tests say that a call must be refused."""

import contextlib

import pytest
from botocore.exceptions import ClientError

# HTTP status of the wire codes (wire-protocols.md 2.4).
STATUS = {
    "AccessDenied": 403, "ConcurrentModification": 409, "DeleteConflict": 409, "EntityAlreadyExists": 409,
    "ExpiredToken": 403, "FeatureDisabled": 404, "JWTPayloadSizeExceededException": 400,
    "OutboundWebIdentityFederationDisabledException": 403, "SessionDurationEscalationException": 403, "FeatureEnabled": 409, "IncompleteSignature": 400, "InvalidAction": 400, "InvalidAuthorizationMessageException": 400,
    "InvalidClientTokenId": 403, "InvalidInput": 400, "InvalidParameterValue": 400, "LimitExceeded": 409,
    "MalformedInput": 400, "MalformedPolicyDocument": 400, "MissingAuthenticationToken": 403, "MissingParameter": 400,
    "InsufficientSessionLifetime": 400, "InvalidSubjectCredentials": 400, "InvalidUserType": 400, "NoSuchEntity": 404, "OpenIdIdpCommunicationError": 400,
    "PackedPolicyTooLarge": 400, "PasswordPolicyViolation": 400, "PolicyNotAttachable": 400, "SignatureDoesNotMatch": 403,
    "Throttling": 400, "UnmodifiableEntity": 400, "ValidationError": 400,
    "DuplicateCertificate": 409, "DuplicateSSHPublicKey": 400, "InvalidCertificate": 400, "InvalidPublicKey": 400,
    "OrganizationNotFoundException": 400, "KeyPairMismatch": 400, "MalformedCertificate": 400, "UnrecognizedPublicKeyEncoding": 400,
}


@contextlib.contextmanager
def refused(code, text=None, containing=None):
    """The block must raise this wire code with its status; `text` is the whole message, `containing` a part of it."""
    with pytest.raises(ClientError) as caught:
        yield caught
    response = caught.value.response
    assert response["Error"]["Code"] == code, response["Error"]
    assert response["ResponseMetadata"]["HTTPStatusCode"] == STATUS[code], response
    assert response["ResponseMetadata"].get("RequestId"), response
    message = response["Error"].get("Message", "")
    if text is not None:
        assert message == text
    if containing is not None:
        assert containing in message, message


def denial(caller, action, resource, because):
    """AWS's sentence for a denial (wire-protocols.md, access denied grammar)."""
    return f"User: {caller} is not authorized to perform: {action} on resource: {resource} {because}"


def no_policy(kind, action):
    return f"because no {kind} allows the {action} action"
