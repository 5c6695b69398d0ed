"""A process that never opens a page must know where orders come from."""

import subprocess
import sys

ASK = (
    "import django; django.setup(); from samspill.commerce import sources; print(sorted(sources._factories))"
)


def test_every_process_knows_every_source_of_orders() -> None:
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "['own', 'rest']"
