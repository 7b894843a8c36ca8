"""What can be known of a project without deploying it.

finding.py   one thing that is wrong, and where
returns.py   what a handler visibly returns, held to the response contract
literal.py   as much of a returned value as the source shows
formats.py   text, JSON, GitHub annotations, SARIF
"""
