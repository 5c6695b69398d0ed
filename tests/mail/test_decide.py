"""Plain text and HTML together: the structure decides, the parts are parts of the plain text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.mail.decide import parts

TEXT = "Yes please, see https://example.com/a?b=1\n\nJane\n\nZz ukjent 4 zz\n\nShall we?\nIt is *old*."
HTML = (
    '<div>Yes please, see <a href="https://example.com/a?b=1">https://example.com/a?b=1</a></div><div>Jane</div>'
    '<div class="gmail_quote"><div class="gmail_attr">Zz ukjent 4 zz</div>'
    '<blockquote class="gmail_quote">Shall we?<div>It is <b>old</b>.</div></blockquote></div>'
)


def test_structure_tells_what_words_cannot() -> None:
    found = parts(TEXT, HTML)
    assert found.new_text == "Yes please, see https://example.com/a?b=1\n\nJane"
    assert found.quoted == "Zz ukjent 4 zz\n\nShall we?\nIt is *old*."


def test_without_structure_or_html_the_rules_for_text_decide() -> None:
    text = "Yes\n\nOn 4 May 2026 at 10:12, Shop <shop@example.com> wrote:\n> Shall we?"
    assert parts(text).new_text == parts(text, "<p>Yes</p>").new_text == "Yes"


def test_without_text_the_html_is_the_text() -> None:
    assert parts("", HTML).new_text.endswith("Jane")


def test_html_of_another_text_changes_nothing() -> None:
    assert (
        parts("Only this.", '<p>Something</p><blockquote type="cite">else</blockquote>').new_text
        == "Only this."
    )


def test_html_that_says_nothing_new_is_not_believed() -> None:
    assert (
        parts("Hello there", '<blockquote type="cite">Hello there</blockquote>', "Re: x").new_text
        == "Hello there"
    )


def test_a_mark_typed_into_the_html_is_a_mark() -> None:
    assert (
        parts("> old\n\nnew", '<p>&gt; old</p><p>new</p><blockquote type="cite">x</blockquote>').quoted
        == "> old"
    )


def test_an_indented_paragraph_shown_with_a_mark_is_new() -> None:
    html = '<p>a</p><blockquote style="margin:0 0 0 40px;border:none">b</blockquote><blockquote type="cite">c</blockquote>'
    assert parts("a\n\n> b\n\n> c", html).new_text == "a\n\n> b"


def test_a_line_drawn_above_a_quote_goes_with_it() -> None:
    assert (
        parts("New.\n\n---\nZz: z\nOld.", '<div>New.</div><hr id="zwchr"><p>Zz: z</p><p>Old.</p>').new_text
        == "New."
    )


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=200),
    st.lists(
        st.sampled_from([*"<>abc \n", "<div class=yahoo_quoted>", "<br>", "</div>", "&lt;"]), max_size=40
    ),
)
def test_nothing_is_lost(text: str, pieces: list[str]) -> None:
    found = parts(text + "abc\nc", "".join(pieces))
    rows = "\n".join([found.new_text, found.quoted, found.signature]).split("\n")
    wanted = (text + "abc\nc").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert sorted(row for row in rows if row.strip()) == sorted(row for row in wanted if row.strip())
