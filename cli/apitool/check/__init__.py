"""What can be known of a project without deploying it.

finding.py   one thing that is wrong, and where
returns.py   what a handler visibly returns, held to the response contract
switched.py  a handler that visibly speaks to the other of AWS and AWS_PROXY
template_syntax.py  mapping templates, read as the gateway reads them
literal.py   as much of a returned value as the source shows
formats.py   text, JSON, GitHub annotations, SARIF
"""
