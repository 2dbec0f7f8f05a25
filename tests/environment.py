"""Loaded before Django: every test process has an installation of its own in a temporary directory."""

import gc
import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talanoa.conf.settings")
HOME = tempfile.TemporaryDirectory(
    prefix="talanoa-test-", ignore_cleanup_errors=True
)  # goes with this process
os.environ["TALANOA_HOME"] = HOME.name
os.environ["TALANOA_URL"] = "http://localhost:8000"
os.environ["TALANOA_DEMONSTRATION"] = "no"
os.environ["TALANOA_MAIL_DOMAIN"] = "talanoa.example"
os.environ["TALANOA_OPERATOR"] = "operator@talanoa.example"


def pytest_collection_finish() -> None:
    """Keep the collector away from all that stays to the end; to look through it again and again took a seventh."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
