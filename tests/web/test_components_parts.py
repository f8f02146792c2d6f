"""The parts of the pages: each state is a word and a shape, and nothing that was typed becomes markup."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from opencen.kernel.clock import clock_at
from opencen.web.components import sample_parts
from opencen.web.templatetags.badges import STANDINGS, STATES, count_findings, worst_level
from opencen.web.templatetags.charts import amount_step, grid_rows, month_rows
from opencen.web.templatetags.formatting import file_size, moment, number, partial_date, percent
from opencen.web.templatetags.icons import read_shapes
from tests.web.component_site import render_components, shell_sample

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "src" / "opencen" / "web" / "templates"


def render(source: str, **context: object) -> str:
    """Render a few lines of template with every library of the parts."""
    return Template("{% load i18n icons badges formatting parts charts vite %}" + source).render(Context(context))


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_state_of_a_record_has_an_icon_and_a_word(state: str) -> None:
    markup = render("{% state_badge state %}", state=state)
    assert "<svg" in markup
    assert str(STATES[state][0]) in markup


@pytest.mark.parametrize("value", sorted(STANDINGS))
def test_each_standing_has_a_ring_and_a_word_and_is_never_red(value: str) -> None:
    markup = render("{% standing value %}", value=value)
    assert "standing-ring" in markup
    assert str(STANDINGS[value]) in markup
    assert "error" not in markup


def test_a_standing_may_come_as_a_dotted_code() -> None:
    assert "Charged" in render("{% standing 'standing.charged' %}")


@pytest.mark.parametrize(
    "source",
    [
        '{% identifier text url="/x" %}',
        "{% badge text %}",
        "{% panel title=text id='a' %}{{ text }}{% tools %}{{ text }}{% endpanel %}",
        "{% finding level='error' title=text %}{{ text }}{% endfinding %}",
        "{% include 'partials/differences.html' with differences=differences %}",
        "{% include 'partials/empty.html' with text=text last=text url='/' label=text %}",
        "{% include 'partials/photo_tile.html' with photo=photo %}",
        "{% chart_data photo 'x' %}",
        "{% icon 'ship' label=text %}",
    ],
)
def test_what_was_typed_never_becomes_markup(source: str) -> None:
    hostile = '<script>alert("1")</script>'
    markup = render(
        source,
        text=hostile,
        differences=[{"label": hostile, "before": hostile, "after": hostile}],
        photo={"caption": hostile, "url": "/p", "alt": hostile, "leaves": True},
    )
    assert "<script>alert" not in markup
    assert "alert" in markup


def test_a_panel_holds_its_head_its_body_and_its_tools() -> None:
    markup = render('{% panel title="Goods" icon="box" count=3 id="goods" %}body{% tools %}tool{% endpanel %}')
    assert re.search(r'<section class="panel " id="goods" aria-labelledby="goods-title">', markup)
    assert '<h2 class="panel-title" id="goods-title">Goods</h2>' in markup
    assert '<span class="count">3</span>' in markup
    assert '<div class="panel-tools">tool' in markup
    assert '<div class="panel-body">body</div>' in markup


def test_an_unknown_icon_is_an_error_while_one_builds_not_a_hole_in_the_page() -> None:
    with pytest.raises(KeyError):
        render("{% icon 'no-such-icon' %}")


def test_an_unclosed_panel_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% panel title='x' %}")


def test_the_icons_of_the_templates_are_in_the_list() -> None:
    listed = set((PROJECT / "frontend" / "icons.txt").read_text(encoding="utf-8").split())
    assert set(read_shapes()) <= listed
    used = {
        name
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{%-? icon "([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(read_shapes())


def test_no_template_holds_an_inline_script_or_style() -> None:
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), file.name
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text), file.name


def test_the_gravest_finding_leads_the_summary_which_counts_and_links_each() -> None:
    findings = sample_parts()["findings"]
    assert worst_level(findings) == "error"
    assert count_findings(findings) == "1 error, 1 warning, 1 hint"
    markup = render("{% include 'partials/findings_summary.html' with findings=findings %}", findings=findings)
    assert all(f'href="{finding["url"]}"' in markup for finding in findings)
    assert 'role="alert"' in markup


def test_an_empty_side_of_a_difference_is_said_in_a_word() -> None:
    row = {"label": "Transit", "before": "", "after": "Algeria"}
    assert "(empty)" in render("{% include 'partials/differences.html' with differences=rows %}", rows=[row])


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("2196", "en", "2,196"),
        ("2196", "fr", "2\u202f196"),
        ("78.170", "en", "78.170"),
        ("78.170", "fr", "78,170"),
        ("1E+3", "en", "1,000"),
        ("about 80", "en", "about 80"),
        (None, "en", ""),
        ("NaN", "en", "NaN"),
    ],
)
def test_numbers_are_written_as_stated_with_the_readers_separators(value: object, language: str, written: str) -> None:
    with translation.override(language):
        assert number(value) == written


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("2019", "en", "2019"),
        ("2021-06", "en", "Jun 2021"),
        ("2021-06-12", "en", "12 Jun 2021"),
        ("2021-06-12", "fr", "12 juin 2021"),
        ("2021-06-12T06:20+01:00", "en", "12 Jun 2021, 06:20"),
        ("2021-06-12T06:20:31Z", "en", "12 Jun 2021, 06:20"),
        ("2021-02-31", "en", "2021-02-31"),
        ("soon", "en", "soon"),
        (None, "en", ""),
    ],
)
def test_a_partial_date_is_as_precise_as_it_was_stated(value: object, language: str, written: str) -> None:
    with translation.override(language):
        assert partial_date(value) == written


def test_a_moment_is_written_in_the_readers_zone_with_the_date_spelled() -> None:
    stored = dt.datetime(2026, 11, 12, 5, 20, tzinfo=dt.UTC)
    with timezone.override("Africa/Tunis"), translation.override("en"):
        assert moment(stored) == "12 Nov 2026, 06:20"
        assert moment(stored, "time") == "06:20"
        assert moment(stored.date()) == "12 Nov 2026"
        assert moment(None) == ""


def test_a_printed_page_says_who_printed_it_and_when() -> None:
    with clock_at(dt.datetime(2026, 11, 12, 5, 20, tzinfo=dt.UTC)), timezone.override("Africa/Tunis"):
        page = Template('{% extends "base.html" %}').render(Context(shell_sample()))
    assert "Printed by Amel Ghariani, 12 Nov 2026, 06:20" in page


def test_a_date_stays_together_inside_right_to_left_text() -> None:
    with translation.override("ar-xb"):
        assert partial_date("2021-06-12") == "\u206812 Jun 2021\u2069"


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 B"), (999, "999 B"), (4100, "4.1 kB"), (388000, "388 kB"), (7_200_000_000_000, "7,200 GB")],
)
def test_sizes_are_said_in_the_unit_one_would_say(size: int, written: str) -> None:
    assert file_size(size) == written


def test_shares_are_per_cent() -> None:
    assert percent(0.026, 1) == "2.6\u202f%"
    assert percent(None) == ""


@pytest.mark.parametrize(
    ("value", "largest", "step"), [(0, 604, 0), (1, 604, 1), (93, 604, 3), (604, 604, 6), (5, 0, 0)]
)
def test_amounts_fall_into_six_steps_of_one_hue(value: int, largest: int, step: int) -> None:
    assert amount_step(value, largest) == step


def test_a_cell_nobody_reported_is_hatched_and_a_zero_is_not() -> None:
    cells = grid_rows({"rows": [{"label": "x", "values": [None, 0, 4]}]})[0]["cells"]
    assert [cell["missing"] for cell in cells] == [True, False, False]


def test_the_table_behind_the_months_says_the_same_as_the_drawing() -> None:
    chart = sample_parts()["months"]
    rows = month_rows(chart)
    assert [row["cells"][0] for row in rows] == chart["series"][0]["values"]
    assert [row["cells"][-1] for row in rows] == chart["last"]["values"]
    assert [row["reported"] for row in rows] == chart["reported"]["values"]


@pytest.mark.parametrize(("direction", "theme"), [("", "light"), ("rtl", "dark"), ("", "auto")])
def test_the_server_writes_direction_and_colours_so_that_nothing_flashes(direction: str, theme: str) -> None:
    page = render_components(direction=direction, theme=theme)
    assert f'<html lang="en" dir="{direction or "ltr"}" data-bs-theme="{theme}">' in page


def test_the_page_of_the_design_system_works_without_script() -> None:
    page = render_components()
    assert re.search(r"<div data-chart-table>", page)
    assert '<select class="form-select" id="field-goods"' in page
    data = re.search(r'<script id="route" type="application/json">(.*?)</script>', page)
    assert data
    assert json.loads(data.group(1))["kind"] == "route"


def test_the_shell_marks_the_place_one_is_in_and_shows_its_badges() -> None:
    page = Template('{% extends "base.html" %}').render(Context(shell_sample()))
    assert len(re.findall(r'aria-current="page"', page)) == 1
    assert '<span class="counter">3</span>' in page
    assert 'href="#content"' in page
    assert 'id="content"' in page
