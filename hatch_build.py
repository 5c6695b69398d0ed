"""Puts compiled translations into the wheel."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface):
    """Runs bin/compile-messages before files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and ship what git ignores."""
        runpy.run_path(str(Path(self.root) / "bin" / "compile-messages"), run_name="__main__")
        build_data["artifacts"].append("samspill/locale/**/*.mo")
