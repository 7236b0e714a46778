"""How a page is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
Appearance = Literal["light", "dark"]

WIDE, NARROW = 1280, 375


@dataclass(frozen=True)
class Look:
    """Language, appearance and width as the browser asks for them."""

    language: Language = "id"
    appearance: Appearance = "light"
    width: int = WIDE

    def __str__(self) -> str:
        return f"{self.language}-{self.appearance}-{self.width}"

    @property
    def locale(self) -> str:
        return {"id": "id-ID", "en": "en-GB"}[self.language]

    @property
    def height(self) -> int:
        return 900 if self.width == WIDE else 812

