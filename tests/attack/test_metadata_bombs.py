"""SAML metadata that costs a parser more than its bytes: refused, in time that grows with the bytes and no faster."""

import botocore.exceptions
import pytest
from process_time import cost

ROOT = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp"'


def attributes(count):
    return ROOT + "".join(f' a{i}="1"' for i in range(count)) + "/>"


def name_spaces(count):
    return ROOT + "".join(f' xmlns:n{i}="u{i}"' for i in range(count)) + "/>"


def prefixed(count):
    return ROOT + ' xmlns:p="u"' + "".join(f' p:a{i}="1"' for i in range(count)) + "/>"


def elements(count):
    return ROOT + ">" + "<a/>" * count + "</EntityDescriptor>"


def depth(count):
    return ROOT + ">" + "<a>" * count + "</a>" * count + "</EntityDescriptor>"


def comments(count):
    return ROOT + ">" + "<!---->" * count + "</EntityDescriptor>"


def references(count):
    return ROOT + ">" + "&amp;" * count + "</EntityDescriptor>"


@pytest.mark.parametrize("shape", [attributes, name_spaces, prefixed, elements, depth, comments, references],
                         ids=lambda shape: shape.__name__)
def test_the_time_is_linear_in_the_bytes(server, iam, shape):
    def create(count):
        with pytest.raises(botocore.exceptions.ClientError) as refusal:
            iam.create_saml_provider(Name="bomb", SAMLMetadataDocument=shape(count))
        assert refusal.value.response["Error"]["Code"] == "InvalidInput"

    create(1000)
    small = cost(server, lambda: create(20_000))
    large = cost(server, lambda: create(80_000))
    assert large < 6 * small + 0.15
