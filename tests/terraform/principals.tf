# Users, groups, roles, and what ties them together.

resource "aws_iam_user" "ann" {
  name                 = "ann"
  path                 = local.changed ? "/moved/" : "/people/"
  permissions_boundary = local.changed ? null : aws_iam_policy.boundary.arn
  force_destroy        = true
  tags                 = local.tags
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "readers" {
  name = local.changed ? "readers-too" : "readers"
  path = "/teams/"
}

resource "aws_iam_group" "writers" {
  name = "writers"
}

resource "aws_iam_group_membership" "readers" {
  name  = "readers"
  group = aws_iam_group.readers.name
  users = local.changed ? [aws_iam_user.bob.name] : [aws_iam_user.ann.name, aws_iam_user.bob.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.writers.name]
}

resource "aws_iam_role" "service" {
  name                  = "service"
  path                  = "/svc/"
  description           = local.changed ? "changed" : "first"
  assume_role_policy    = local.trust
  max_session_duration  = local.changed ? 7200 : 3600
  permissions_boundary  = aws_iam_policy.boundary.arn
  force_detach_policies = true
  tags                  = local.tags
}

resource "aws_iam_role" "plain" {
  name_prefix        = "plain-"
  assume_role_policy = data.aws_iam_policy_document.trust_account.json
}

# The older way, with everything inside of the role.
resource "aws_iam_role" "inline" {
  name                = "inline"
  assume_role_policy  = data.aws_iam_policy_document.trust_account.json
  managed_policy_arns = local.changed ? [] : [aws_iam_policy.read.arn]
  inline_policy {
    name   = "MixedCase"
    policy = local.read
  }
}

resource "aws_iam_instance_profile" "service" {
  name = "service"
  path = "/svc/"
  role = local.changed ? aws_iam_role.plain.name : aws_iam_role.service.name
  tags = local.tags
}

resource "aws_iam_service_linked_role" "beanstalk" {
  aws_service_name = "elasticbeanstalk.amazonaws.com"
  description      = local.changed ? "changed" : "first"
  tags             = local.tags
}

resource "aws_iam_service_linked_role" "suffixed" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "fleet"
}

data "aws_iam_policy_document" "trust_account" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
    dynamic "condition" {
      for_each = local.changed ? ["x"] : []
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = ["secret"]
      }
    }
  }
}
