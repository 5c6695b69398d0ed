"""Every channel of the product, and those that other packages bring along, made known to the port."""

from importlib import import_module
from importlib.metadata import entry_points

MESSAGING = ("whatsapp", "messenger", "instagram", "telegram", "line", "sms")
GROUP = "samspill.channels"

for _kind in MESSAGING:
    import_module(f"samspill.channels.{_kind}.channel")
    import_module(f"samspill.channels.{_kind}.webhook")
    import_module(f"samspill.channels.{_kind}.settings")
import_module("samspill.channels.api.channel")
import_module("samspill.channels.api.settings")
for _entry in entry_points(group=GROUP):
    _entry.load()
