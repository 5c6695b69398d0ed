"""However large the mailbox, the process that reads it stays small."""

import os
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from bench.imports import work
from tests.imports import mails


@pytest.mark.slow
def test_four_times_the_mails_take_no_more_memory(busy_world, tmp_path):
    parts = urlsplit(settings.DATABASE_URL)
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = {**os.environ, "SAMSPILL_DATABASE_URL": database}
    told = [work(mails.mbox(tmp_path / "some.mbox", mails.many(5_000)), environment)]
    told.append(work(mails.mbox(tmp_path / "many.mbox", mails.many(20_000)), environment))
    assert [one["state"] for one in told] == ["done", "done"]
    assert told[1]["counts"]["messages"] == 15_000  # the first 5,000 are known
    assert told[1]["peak_mb"] < told[0]["peak_mb"] * 1.15 + 10, told
