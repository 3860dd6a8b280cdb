"""Demands that every documented operation also succeeded: refusals say nothing about the rest."""

import json
import re
import sys
import urllib.request

COUNT = re.compile(
    r'devschat_http_request_seconds_count\{method="(\w+)",route="([^"]+)",status="2\d\d"\}'
)
# The socket is no request with an answer, and what a mail carries can't be made up.
NOT_ASKED = {
    ("GET", "/api/v1/ws"),
    ("POST", "/api/v1/auth/password/reset"),
    ("POST", "/api/v1/auth/email/verify"),
}


def read(path):
    with urllib.request.urlopen(sys.argv[1] + path, timeout=30) as response:
        return response.read().decode()


paths = json.loads(read("/api/openapi.json"))["paths"]
documented = {(method.upper(), path) for path, item in paths.items() for method in item}
missing = documented - NOT_ASKED - set(COUNT.findall(read("/metrics")))
for method, path in sorted(missing):
    print(f"conformance: {method} {path} never succeeded", file=sys.stderr)
sys.exit(1 if missing else 0)
