"""After each order: what the response says is what the sampler kept in its variables."""

import re

found = dict(re.findall(r"(\w+)=(\d+)", prev.getResponseDataAsString()))
order = vars.getObject("order")
assert found["id"] == vars.get("id"), f"{found} is of another thread than {vars.get('id')}"
assert all(int(found[item]) == number for item, number in order.items())
if prev.isSuccessful() and prev.getResponseCode() == "201":
    props.put("order." + found["id"], prev.getThreadName())
