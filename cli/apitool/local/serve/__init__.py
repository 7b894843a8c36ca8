"""An API served from its source: the gateway's rules, Lambda workers, no Terraform and no deployment.

serving.py     from start to end
served.py      what is served: the stage and its functions; replaced whole when something is saved
exchanges.py   the last requests with their events, verdicts and log lines
declared_plans.py  API keys and usage plans, keys by their names
own_paths.py   what is served beside the API
terminal.py    one line for each of them
page.py        the live page at `/_apitool/`
aws.py         the embedded AWS behind the functions' boto3, started when the first of them calls it
watch.py       what was saved
"""
