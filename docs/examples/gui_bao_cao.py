"""Keep a report and take its document home: nothing but Python. ADDRESS, KEY and DATA are yours."""

import hashlib
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

ADDRESS = os.environ.get("ADDRESS", "http://127.0.0.1:8080")
KEY = os.environ["KEY"]


def ask(path, body=None, **headers):
    """Send a request and return the answer's headers and bytes; end with what must be mended."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        ADDRESS + path, body, {"Authorization": f"Bearer {KEY}", **headers}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        lines = [
            f"{one['where']}: {one['message']} {one['remedy']}" for one in problem["findings"]
        ]
        sys.exit("\n".join([problem["detail"], *lines]))


data = pathlib.Path(os.environ.get("DATA", "input.json")).read_bytes()
headers, body = ask(
    "/api/v1/reports", data, Content_Type="application/json",
    Idempotency_Key=hashlib.sha256(data).hexdigest(),
)  # fmt: skip
report = json.loads(body)
_, document = ask(report["links"]["document"])
pathlib.Path("report.docx").write_bytes(document)
sys.stdout.write(f"{report['links']['self']}\n")
