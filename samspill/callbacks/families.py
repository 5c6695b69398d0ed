"""stub for now"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Families:
    x: list = field(default_factory=list)
    y: list = field(default_factory=list)

    def hear(self, row, weights, answered):
        self.x.append(row)
        self.y.append(float(answered))

    def recent(self, n):
        return np.array(self.x[-n:]), np.array(self.y[-n:])
