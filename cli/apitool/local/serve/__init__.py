"""An API served from its source: the gateway's rules, Lambda workers, no Terraform and no deployment.

server.py      the listening socket and its connections
connection.py  bytes -> requests, by httptools: header casing and the raw target stay as they were sent
wire.py        answers -> bytes
gateway.py     a request -> its answer, by `apitool.proxy` and the Lambda runtime
served.py      what is served: the stage and its functions; replaced whole when something is saved
exchanges.py   the last requests with their events, verdicts and log lines
terminal.py    one line for each of them
page.py        the live page at `/_apitool/`
aws.py         the embedded AWS behind the functions' boto3, started when the first of them calls it
watch.py       what was saved
"""
