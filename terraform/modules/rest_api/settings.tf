# What the body says of the API as a whole, once more for the resource's attributes. The provider keeps an attribute
# that is not set as it last read it, and sends that after each import: what the new body changed or no longer says
# would come back (the policy until 6.48, the others still). So each is set, to nothing where nothing is said. A text
# can't be set to nothing: an old description stays, and a policy has to be taken off by hand (rest_api.tf).
locals {
  settings = {
    api_key_source = try(
      local._declared["x-amazon-apigateway-api-key-source"],
      local._document["x-amazon-apigateway-api-key-source"],
      "HEADER",
    )

    binary_media_types = concat(var.binary_media_types, [
      for type in try(local._document["x-amazon-apigateway-binary-media-types"], []) : type if length(var.binary_media_types) == 0
    ])

    description = var.description != null ? var.description : try(local._document.info.description, null)

    # -1 is none.
    minimum_compression_size = tostring(try(
      local._declared["x-amazon-apigateway-minimum-compression-size"],
      local._document["x-amazon-apigateway-minimum-compression-size"],
      -1,
    ))

    # Whatever its id: API Gateway writes `execute-api:/` out with the API's own, and the plan would show that for
    # ever. Attached to this API, `*` means no other.
    policy = try(replace(
      try(
        jsonencode(local._declared["x-amazon-apigateway-policy"]),
        jsonencode(local._document["x-amazon-apigateway-policy"]),
      ),
      "\"execute-api:/",
      "\"arn:${local._partition}:execute-api:${local._region}:${local._account}:*/",
    ), null)
  }
}
