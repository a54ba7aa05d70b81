# Managed and inline policies, and every way of attaching them.

resource "aws_iam_policy" "read" {
  name        = "read"
  path        = "/shared/"
  description = "Reads"
  policy      = local.read
  tags        = local.tags
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "shared" {
  name_prefix = "shared-"
  policy      = local.read
}

resource "aws_iam_policy_attachment" "shared" {
  name       = "shared"
  policy_arn = aws_iam_policy.shared.arn
  users      = [aws_iam_user.bob.name]
  roles      = local.changed ? [] : [aws_iam_role.plain.name]
  groups     = [aws_iam_group.writers.name]
}

resource "aws_iam_user_policy" "ann" {
  name   = "Own-Policy"
  user   = aws_iam_user.ann.name
  policy = local.read
}

resource "aws_iam_group_policy" "readers" {
  name   = "Group-Policy"
  group  = aws_iam_group.readers.name
  policy = local.read
}

resource "aws_iam_role_policy" "service" {
  name   = "Role-Policy"
  role   = aws_iam_role.service.name
  policy = local.read
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = local.changed ? "arn:aws:iam::aws:policy/ReadOnlyAccess" : "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "service" {
  role       = aws_iam_role.service.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user_policies_exclusive" "ann" {
  user_name    = aws_iam_user.ann.name
  policy_names = [aws_iam_user_policy.ann.name]
}

resource "aws_iam_group_policies_exclusive" "readers" {
  group_name   = aws_iam_group.readers.name
  policy_names = [aws_iam_group_policy.readers.name]
}

resource "aws_iam_role_policies_exclusive" "service" {
  role_name    = aws_iam_role.service.name
  policy_names = [aws_iam_role_policy.service.name]
}

resource "aws_iam_user_policy_attachments_exclusive" "ann" {
  user_name   = aws_iam_user.ann.name
  policy_arns = [aws_iam_user_policy_attachment.ann.policy_arn]
}

resource "aws_iam_group_policy_attachments_exclusive" "readers" {
  group_name  = aws_iam_group.readers.name
  policy_arns = [aws_iam_group_policy_attachment.readers.policy_arn]
}

resource "aws_iam_role_policy_attachments_exclusive" "service" {
  role_name   = aws_iam_role.service.name
  policy_arns = [aws_iam_role_policy_attachment.service.policy_arn]
}
