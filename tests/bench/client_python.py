"""URL CACERT GROUP PAGES: the script that one writes with what Python brings.

Stands beside `bantop list` in the comparisons.
"""

import json
import ssl
import sys
import urllib.request

url, cacert, group, pages = sys.argv[1:5]
context = ssl.create_default_context(cafile=cacert)
offset = 0
for _ in range(int(pages)):
    body = json.dumps({"GroupId": group, "Limit": 100, "Offset": offset})
    request = urllib.request.Request(
        url, body.encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, context=context) as answer:
        page = json.load(answer)
    for row in page["BannedAccountList"]:
        print(row["Member_Account"], row["BannedUntil"], sep="\t")
    offset = page["NextOffset"]
    if offset == 0:
        break
