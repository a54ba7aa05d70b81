terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }

# "1", then "2": everything that can change in place changes with it.
variable "revision" { type = string }

# Certificates, keys and SAML metadata, made by the test.
variable "material" { type = map(string) }

# Credentials come from the environment.
provider "aws" {
  region                      = "us-east-1"
  skip_region_validation      = true
  skip_metadata_api_check     = true
  skip_credentials_validation = false
  endpoints {
    iam = var.endpoint
    sts = var.endpoint
  }
}

locals {
  tags    = { team = "core", revision = var.revision }
  changed = var.revision == "2"
  read = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.revision == "2" ? ["s3:GetObject", "s3:ListBucket"] : ["s3:GetObject"], Resource = "*" }]
  })
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = var.revision == "2" ? "lambda.amazonaws.com" : "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
