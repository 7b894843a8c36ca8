"""HTTP/1.1 on loopback, and the one gateway behind it: for the embedded AWS and for `serve`.

server.py       the listening socket and its connections
connection.py   bytes -> requests, by httptools: header casing and the raw target stay as they were sent
wire.py         answers -> bytes
endpoint_calls  the requests that HTTP integrations make
"""
