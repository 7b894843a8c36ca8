"""GitHub: comments of a pull request, through `gh` or its REST API."""
