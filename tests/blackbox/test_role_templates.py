"""Role templates: services publish them, and no service runs here, so none is found."""

import pytest
from refusals import refused


# get_role_template_version, acquire_role
@pytest.mark.parametrize("operation", ["get_role_template_version", "acquire_role"])
def test_unknown_role_templates(iam, new_user, operation):
    arn = "arn:aws:iam::aws:role-template/service/Example"
    with refused("NoSuchEntity", f"The role template {arn} cannot be found."):
        getattr(iam, operation)(TemplateArn=arn)
    with refused("InvalidInput"):
        getattr(iam, operation)(TemplateArn="arn:aws:iam::aws:policy/AdministratorAccess")
    condition = {"ArnLike": {"iam:TemplateArn": "arn:aws:iam::aws:role-template/other/*"}}
    _, identity = new_user({"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": condition})
    with refused("AccessDenied"):
        getattr(identity.iam, operation)(TemplateArn=arn)
