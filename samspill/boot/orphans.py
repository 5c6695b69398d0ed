"""No child outlives its supervisor, so that no orphan keeps the port or the model's memory."""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_supervisor() -> None:
    """Have the kernel end this process when the supervisor is killed. Does nothing without a supervisor."""
    supervisor = os.environ.get("SAMSPILL_SUPERVISOR")
    if not supervisor or not Path("/proc").exists():
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if str(os.getppid()) != supervisor:
        sys.exit("the supervisor is gone")
