# Keys, certificates, devices, identity providers, and the settings of the account.

resource "aws_iam_access_key" "bob" {
  user   = aws_iam_user.bob.name
  status = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_user_login_profile" "bob" {
  user                    = aws_iam_user.bob.name
  password_length         = 24
  password_reset_required = true
  depends_on              = [aws_iam_account_password_policy.strict]
}

resource "aws_iam_user_ssh_key" "bob" {
  username   = aws_iam_user.bob.name
  encoding   = "SSH"
  public_key = var.material["ssh"]
  status     = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_signing_certificate" "bob" {
  user_name        = aws_iam_user.bob.name
  certificate_body = var.material["signing_certificate"]
  status           = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_service_specific_credential" "bob" {
  user_name    = aws_iam_user.bob.name
  service_name = "codecommit.amazonaws.com"
  status       = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "phone"
  path                    = "/devices/"
  tags                    = local.tags
}

resource "aws_iam_server_certificate" "www" {
  name              = "www"
  path              = "/web/"
  certificate_body  = var.material["leaf"] # ends with a newline, as every PEM file does
  certificate_chain = var.material["chain"]
  private_key       = var.material["leaf_key"]
  tags              = local.tags
}

resource "aws_iam_server_certificate" "prefixed" {
  name_prefix      = "prefixed-"
  certificate_body = var.material["leaf"]
  private_key      = var.material["leaf_key"]
}

# Renamed without tags: the provider sends new tags before the new name.
resource "aws_iam_server_certificate" "alone" {
  name             = local.changed ? "alone-too" : "alone"
  certificate_body = var.material["leaf"]
  private_key      = var.material["leaf_key"]
}

resource "aws_iam_saml_provider" "corp" {
  name                   = "corp"
  saml_metadata_document = local.changed ? var.material["other_metadata"] : var.material["metadata"]
  tags                   = local.tags
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://ci.example.com/tenant"
  client_id_list  = local.changed ? ["sts.amazonaws.com", "other"] : ["sts.amazonaws.com"]
  thumbprint_list = [local.changed ? "0123456789abcdef0123456789abcdef01234567" : "89abcdef0123456789abcdef0123456789abcdef"]
  tags            = local.tags
}

resource "aws_iam_account_alias" "this" {
  account_alias = local.changed ? "terraform-too" : "terraform"
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = local.changed ? 16 : 12
  require_lowercase_characters   = true
  require_numbers                = true
  require_uppercase_characters   = true
  require_symbols                = true
  allow_users_to_change_password = true
  max_password_age               = local.changed ? 0 : 90
  password_reuse_prevention      = 5
  hard_expiry                    = local.changed
}

resource "aws_iam_security_token_service_preferences" "this" {
  global_endpoint_token_version = local.changed ? "v2Token" : "v1Token"
}
