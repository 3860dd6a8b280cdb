"""Signs somebody up, gives them a room with a message, and prints their access token."""

import json
import sys
import urllib.request

API = sys.argv[1] + "/api/v1"
PASSWORD = "correct horse battery"


def post(path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(API + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


post(
    "/auth/signup",
    {
        "username": "ada",
        "email": "ada@example.org",
        "password": PASSWORD,
        "first_name": "Ada",
        "last_name": "Lovelace",
    },
)
login = {"login": "ada", "password": PASSWORD, "session": "token"}
token = post("/auth/login", login)["access_token"]
room = post("/rooms", {"name": "general", "visibility": "public"}, token)
post(f"/rooms/{room['id']}/messages", {"client_id": "first", "body": "hello"}, token)
print(token)
