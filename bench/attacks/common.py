"""What the attacks share: a server, an account on it, and how an attack ends."""

import json
import secrets
import sys
import urllib.error
import urllib.request

URL = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
PASSWORD = "kettle-on-the-9-train"


def ask(method, path, body=None, headers=None):
    """Status and text of the answer."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(URL + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def login(name, password):
    body = {"login": name, "password": password, "session": "token"}
    return ask("POST", "/api/v1/auth/login", body)


def new_account():
    name = "victim-" + secrets.token_hex(4)
    account = {
        "username": name,
        "email": f"{name}@example.org",
        "password": PASSWORD,
        "first_name": "Some",
        "last_name": "Body",
    }
    status, text = ask("POST", "/api/v1/auth/signup", account)
    if status != 201:
        sys.exit(f"no account to attack: {status} {text}")
    return name


def verdict(is_safe, words):
    print(("held: " if is_safe else "BROKEN: ") + words)
    sys.exit(0 if is_safe else 1)
