"""The dashboard on paper: A4, the same figures, in a type that has the reader's letters."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from samspill.callbacks.figures import MODES, Report
from samspill.console.callback_report import drawing, words
from samspill.kit import clock

WESTERN, CHINESE = "Helvetica", "MSung-Light"
INK, QUIET, RULE, STRIPE = HexColor("#16211d"), HexColor("#5f6e68"), HexColor("#dde3e0"), HexColor("#f6f7f6")
COLOURS = (HexColor("#0b6b5d"), HexColor("#c2621a"))
WIDE = A4[0] - 36 * mm
DRAWN = ("first", "reached")
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def drawn(company: str, report: Report, returns: Sequence[dict[str, Any]], language: str) -> bytes:
    """The pages as bytes."""
    page, text = io.BytesIO(), Text(language)
    title = _("Callbacks: figures")
    story = [text.line(title, 17), text.line(_head(company, report), 9, QUIET), Spacer(1, 5 * mm)]
    story += [*_sums(report, text), *_effects(report, text), *_charts(report, text), *_weeks(report, text)]
    story += [part for one in returns for part in _return(one, text)]
    SimpleDocTemplate(
        page, pagesize=A4, title=title, author=company, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm,
        bottomMargin=16 * mm, invariant=1,
    ).build(story)  # fmt: skip
    return page.getvalue()


class Text:
    """Paragraphs in the reader's type; a text with other letters gets the type that has them."""

    def __init__(self, language: str) -> None:
        self.font = CHINESE if language.startswith("zh") else WESTERN

    def line(self, words_: str, size: float = 8.5, colour: Any = INK) -> Paragraph:
        """One paragraph."""
        style = ParagraphStyle(
            "line", fontName=self.fits(words_), fontSize=size, leading=size * 1.4, textColor=colour
        )
        return Paragraph(escape(words_), style)

    def head(self, words_: str) -> Paragraph:
        """A heading with room above."""
        style = ParagraphStyle(
            "head", fontName=self.fits(words_), fontSize=11.5, leading=16, spaceBefore=14, spaceAfter=4
        )
        return Paragraph(escape(words_), style)

    def fits(self, words_: str) -> str:
        """The type that can write this."""
        try:
            words_.encode("cp1252")
        except UnicodeEncodeError:
            return CHINESE
        return self.font

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
        """Rows with a head; widths as shares of the page."""
        cells = [
            [self.line(_plain(cell), 7.5, QUIET if not i else INK) for cell in row]
            for i, row in enumerate(rows)
        ]
        made = Table(cells, [WIDE * share / sum(widths) for share in widths], repeatRows=1)
        made.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        return made


def _head(company: str, report: Report) -> str:
    parts = [company, words.day(clock.now().date())]
    if report.started_on:
        parts.append(_("since %(day)s") % {"day": words.day(report.started_on)})
    return " · ".join([*parts, _("%(n)s still open") % {"n": report.open}])


def _sums(report: Report, text: Text) -> list[Flowable]:
    listed = [mode for mode in MODES if any(report.sums[mode].all.values())]
    if not listed:
        return [text.line(_("The first week is not over yet."))]
    columns = [words.column(report.sums[mode]) for mode in listed]
    heads = [f"{words.modes()[mode]} (n = {report.sums[mode].n})" for mode in listed]
    rows = [["", *heads]]
    for place, name in enumerate(words.names().values()):
        rows.append([name, *(_told(column[place]) for column in columns)])
    return [text.head(_("All complete weeks")), text.table(rows, [3, *([2.2] * len(listed))])]


def _effects(report: Report, text: Text) -> list[Flowable]:
    found: list[Flowable] = []
    for other, title in words.others().items():
        rows = [words.effect(one) for one in report.against(other)]
        if rows:
            lines = [[row.title, _told(row.difference), row.sentence] for row in rows]
            head = _("Planned requests %(against)s") % {"against": title}
            found += [text.head(head), text.table([["", _("Difference"), ""], *lines], [3, 2.6, 4])]
    return found


def _charts(report: Report, text: Text) -> list[Flowable]:
    found = [one for one in (drawing.chart(report, name) for name in DRAWN) if one]
    return [KeepTogether([text.head(one.title), _picture(one, text), _legend(one, text)]) for one in found]


def _picture(chart: drawing.Chart, text: Text) -> Drawing:
    """The same points as on the page, upside down, because paper counts from below."""
    made = Drawing(WIDE, 175 * WIDE / 640)
    made.scale(WIDE / 640, WIDE / 640)
    for y, figure in chart.grid:
        made.add(Line(drawing.LEFT, 175 - float(y), drawing.RIGHT, 175 - float(y), strokeColor=RULE))
        made.add(_string(38, 171 - float(y), figure, text, "end"))
    for x, day in chart.labels:
        made.add(_string(float(x), 4, day, text, "middle"))
    if chart.before:
        y_ = 175 - float(chart.before)
        made.add(Line(drawing.LEFT, y_, drawing.RIGHT, y_, strokeColor=QUIET, strokeDashArray=[4, 3]))
    for line in chart.lines:
        colour = COLOURS[line.colour]
        for band in line.bands:
            made.add(Polygon(_points(band), fillColor=colour, fillOpacity=0.12, strokeColor=None))
        for part in line.parts:
            made.add(PolyLine(_points(part), strokeColor=colour, strokeWidth=1.8))
        for dot in line.dots:
            fill = colour if dot.complete else HexColor("#ffffff")
            made.add(Circle(float(dot.x), 175 - float(dot.y), 3, fillColor=fill, strokeColor=colour))
    return made


def _legend(chart: drawing.Chart, text: Text) -> Paragraph:
    names = [
        f'<font color="#{COLOURS[line.colour].hexval()[2:]}">■</font> {escape(line.name)}'
        for line in chart.lines
    ]
    if chart.before:
        names.append(escape(f"- - {words.modes()['before']} ({_plain(chart.before_told)})"))
    plain = "  ".join(names).replace("■", "•")
    font = text.fits(plain.replace("•", ""))
    return Paragraph(plain, ParagraphStyle("legend", fontName=font, fontSize=8, textColor=QUIET))


def _weeks(report: Report, text: Text) -> list[Flowable]:
    names = ("first", "within3", "reached", "in_time", "attempts", "median")
    rows = [[_("Week from"), "", _("Requests"), *(words.names()[name] for name in names)]]
    for week in reversed(report.weeks):
        for mode, figures in week.modes.items():
            if figures.n:
                day = words.day(week.monday) + ("" if week.complete else " *")
                told = [words.told(name, figures.all[name]).value for name in names]
                rows.append([day, words.modes()[mode], str(figures.n), *told])
    if len(rows) == 1:
        return []
    note = text.line("* " + _("Not complete yet: some of these requests are still open."), 7.5, QUIET)
    return [text.head(_("By week")), text.table(rows, [2, 2.2, 2.1, *([1.9] * len(names))]), note]


def _return(one: dict[str, Any], text: Text) -> list[Flowable]:
    rows = [["", ""], [_("Agents’ time saved"), _told(one["saved"])]]
    rows += [
        [_("Earned from more reached customers"), _told(one["earned"])],
        [_("Invested"), one["invested"]],
    ]
    if one["rate"]:
        rows.append([_("Return on investment"), _told(one["rate"])])
    title = _("Does it pay? The first year, %(against)s") % {"against": one["title"]}
    return [KeepTogether([text.head(title), text.table(rows[1:], [3, 5])])]


def _string(x: float, y: float, words_: str, text: Text, anchor: str) -> String:
    return String(
        x, y, _plain(words_), fontName=text.fits(words_), fontSize=9, fillColor=QUIET, textAnchor=anchor
    )


def _points(listed: str) -> list[float]:
    pairs = [pair.split(",") for pair in listed.split()]
    return [number for x, y in pairs for number in (float(x), 175 - float(y))]


def _told(found: words.Told) -> str:
    return f"{found.value} ({found.between})" if found.between else found.value


def _plain(words_: str) -> str:
    """With signs that every type has."""
    return words_.replace("\u2212", "-").replace("\u202f", "\u00a0")
