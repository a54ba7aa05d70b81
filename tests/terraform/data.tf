# Every data source of IAM and STS; each must find what a resource made, or what the server is.

data "aws_caller_identity" "me" {}

data "aws_iam_session_context" "me" {
  arn = data.aws_caller_identity.me.arn
}

data "aws_iam_account_alias" "this" {
  depends_on = [aws_iam_account_alias.this]
}

data "aws_iam_user" "bob" {
  user_name = aws_iam_user.bob.name
}

data "aws_iam_users" "people" {
  path_prefix = "/"
  depends_on  = [aws_iam_user.ann, aws_iam_user.bob]
}

data "aws_iam_access_keys" "bob" {
  user       = aws_iam_user.bob.name
  depends_on = [aws_iam_access_key.bob]
}

data "aws_iam_user_ssh_key" "bob" {
  username          = aws_iam_user.bob.name
  ssh_public_key_id = aws_iam_user_ssh_key.bob.ssh_public_key_id
  encoding          = "SSH"
}

data "aws_iam_group" "writers" {
  group_name = aws_iam_group.writers.name
  depends_on = [aws_iam_user_group_membership.bob]
}

data "aws_iam_role" "service" {
  name = aws_iam_role.service.name
}

data "aws_iam_roles" "all" {
  name_regex = "^service$"
  depends_on = [aws_iam_role.service]
}

data "aws_iam_policy" "read" {
  arn = aws_iam_policy.read.arn
}

data "aws_iam_policy" "of_aws" {
  name = "ReadOnlyAccess"
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [local.read]
}

data "aws_iam_instance_profile" "service" {
  name = aws_iam_instance_profile.service.name
}

data "aws_iam_instance_profiles" "of_role" {
  role_name  = aws_iam_instance_profile.service.role
  depends_on = [aws_iam_instance_profile.service]
}

data "aws_iam_server_certificate" "www" {
  name = aws_iam_server_certificate.www.name
}

data "aws_iam_saml_provider" "corp" {
  arn = aws_iam_saml_provider.corp.arn
}

data "aws_iam_openid_connect_provider" "ci" {
  url = "https://${aws_iam_openid_connect_provider.ci.url}"
}

data "aws_iam_principal_policy_simulation" "ann" {
  policy_source_arn = aws_iam_user.ann.arn
  action_names      = ["s3:GetObject"]
  resource_arns     = ["arn:aws:s3:::bucket/key"]
  depends_on        = [aws_iam_user_policy.ann]
}

output "found" {
  value = {
    account    = data.aws_caller_identity.me.account_id
    issuer     = data.aws_iam_session_context.me.issuer_arn
    alias      = data.aws_iam_account_alias.this.account_alias
    user       = data.aws_iam_user.bob.arn
    users      = length(data.aws_iam_users.people.names)
    keys       = length(data.aws_iam_access_keys.bob.access_keys)
    ssh        = data.aws_iam_user_ssh_key.bob.fingerprint
    members    = [for user in data.aws_iam_group.writers.users : user.user_name]
    role       = data.aws_iam_role.service.description
    roles      = data.aws_iam_roles.all.names
    policy     = data.aws_iam_policy.read.description
    of_aws     = data.aws_iam_policy.of_aws.arn
    document   = data.aws_iam_policy_document.merged.json
    profile    = data.aws_iam_instance_profile.service.role_name
    profiles   = data.aws_iam_instance_profiles.of_role.names
    expiration = data.aws_iam_server_certificate.www.expiration_date
    saml       = data.aws_iam_saml_provider.corp.valid_until
    oidc       = data.aws_iam_openid_connect_provider.ci.client_id_list
    allowed    = data.aws_iam_principal_policy_simulation.ann.all_allowed
  }
}
