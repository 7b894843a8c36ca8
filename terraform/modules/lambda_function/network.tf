locals {
  _own_interfaces = "arn:${local._partition}:ec2:${local._region}:${local._account}:*/*"
  _function_arn   = "arn:${local._partition}:lambda:${local._region}:${local._account}:function:${var.name}"

  _network_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ]

  # Lambda makes the function's network interfaces with the function's role. Which interface it will be is not
  # known before: account and region bound it, the form that Lambda's documentation gives for
  # DeleteNetworkInterface. The Deny takes all of it away again from the function's own code.
  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  _network_statements = [
    for statement in [
      {
        Sid      = "MakeOwnNetworkInterfaces"
        Effect   = "Allow"
        Action   = local._network_actions
        Resource = [local._own_interfaces]
      },
      {
        Sid      = "FindOwnNetworkInterfaces"
        Effect   = "Allow"
        Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
        Resource = ["*"] # Describe* have no resources to name
      },
      {
        Sid       = "NotFromTheCode"
        Effect    = "Deny"
        Action    = concat(local._network_actions, ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"])
        Resource  = ["*"]
        Condition = { ArnEquals = { "lambda:SourceFunctionArn" = [local._function_arn] } }
      },
    ] : statement if var.vpc != null
  ]

  # An access point's ARN does not say of which file system it is.
  _file_system_statements = var.file_system == null ? [] : [{
    Sid       = "MountOwnFileSystem"
    Effect    = "Allow"
    Action    = var.file_system.read_only ? ["elasticfilesystem:ClientMount"] : ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    Resource  = ["arn:${local._partition}:elasticfilesystem:${local._region}:${local._account}:file-system/*"]
    Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = var.file_system.access_point_arn } }
  }]
}
