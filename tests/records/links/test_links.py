"""Links between records: made, suggested, judged; a record that one may not see is no end of one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.reader import history_of
from opencen.records.erasure import erase_persons
from opencen.records.links.charts import Placed, list_charts, open_chart, remove_chart, save_chart
from opencen.records.links.graph.queries import start_chart, suggested_links
from opencen.records.links.models import Chart, Judgement, Link
from opencen.records.links.queries import get_link, links_of, links_on_page, standing_verdict
from opencen.records.links.services import NewLink, judge_link, judge_suggestion, make_link
from opencen.records.models import Record
from tests import make
from tests.records.links.stating import PHONE, person, state

pytestmark = pytest.mark.django_db
Settle = Callable[[], None]


def test_a_link_stands_on_both_records_with_all_that_was_said() -> None:
    officer = make.actor("officer", "RDS", name="Rania")
    first, second, source = state(officer), state(officer), state(officer)
    said = NewLink("same_method", "2025", "2026-03", source_id=source, note="seen together")
    made = make_link(officer, first_id=first, second_id=second, said=said)
    here, there = links_of(officer, first)[0], links_of(officer, second)[0]
    assert (here.other.id, there.other.id) == (second, first)
    assert (here.is_first, there.is_first) == (True, False)
    assert (here.role, here.since, here.until, here.note) == ("same_method", "2025", "2026-03", "seen together")
    assert here.source is not None
    assert here.source.id == source
    assert (here.by, here.state) == ("Rania", "accept")
    entry = history_of(first)[-1]
    assert (entry.act, str(made.id) in entry.data, "together" in entry.data) == ("record.linked", True, False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": ""}, "field.missing"),
        ({"role": "no_such_role"}, "code.unknown"),
        ({"role": "employee"}, "link.role_unfit"),
        ({"handling": "shout"}, "code.unknown"),
        ({"since": "last week"}, "date.invalid"),
        ({"since": "2026-05", "until": "2026-04-30"}, "link.order_of_dates"),
    ],
)
def test_a_link_that_says_something_wrong_is_refused(changes: dict[str, str], code: str) -> None:
    officer = make.actor("officer", "RDS")
    first, second = state(officer), state(officer)
    with pytest.raises(Invalid) as refused:
        make_link(officer, first_id=first, second_id=second, said=NewLink(**{"role": "connected", **changes}))
    assert refused.value.code == code
    assert not Link.objects.exists()


def test_a_record_that_one_may_not_see_is_no_end_and_no_source() -> None:
    radès, sfax = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    own, other, foreign = state(radès), state(radès), state(sfax, office="SFA")
    for hidden in (foreign, uuid4()):
        with pytest.raises(NotFound) as refused:
            make_link(radès, first_id=own, second_id=hidden, said=NewLink("connected"))
        assert refused.value.code == "record.not_found"
        with pytest.raises(NotFound):
            make_link(radès, first_id=own, second_id=other, said=NewLink("connected", source_id=hidden))
    with pytest.raises(Invalid):
        make_link(radès, first_id=own, second_id=own, said=NewLink("connected"))
    with pytest.raises(Forbidden):
        make_link(make.actor("auditor", "HQ"), first_id=own, second_id=other, said=NewLink("connected"))


def test_three_people_and_a_link_across_two_offices() -> None:
    radès, sfax, analyst = make.actor("officer", "RDS"), make.actor("officer", "SFA"), make.actor("analyst", "HQ")
    one, other = state(radès), state(sfax, office="SFA")
    link = make_link(analyst, first_id=one, second_id=other, said=NewLink("connected", note="secret word"))
    assert [found.other.id for found in links_of(analyst, one)] == [other]
    assert links_of(radès, one) == []
    assert links_of(sfax, other) == []
    with pytest.raises(NotFound):
        links_of(radès, other)
    for reader in (radès, sfax):
        with pytest.raises(NotFound):
            get_link(reader, link.id)
        with pytest.raises(NotFound):
            judge_link(reader, link_id=link.id, verdict="no")


def test_many_links_are_read_page_by_page_and_counted_under_the_lock() -> None:
    radès, analyst = make.actor("officer", "RDS"), make.actor("analyst", "HQ")
    one, other = state(radès), state(radès)
    hidden = state(make.actor("officer", "SFA"), office="SFA")
    said = {"role": "connected", "made_by": radès.id, "made_at": now()}
    ends = [*[(one, other), (other, one)] * 26, *[(one, hidden)] * 60]
    Link.objects.bulk_create([Link(first_id=a, second_id=b, state="accept", **said) for a, b in ends])
    Link.objects.create(first_id=one, second_id=other, state="no", **said)
    read = [links_on_page(radès, one, page) for page in (1, 2, 3)]
    pages = [(found.views(), found.total) for found in read]
    assert [(len(found), total) for found, total in pages] == [(50, 52), (2, 52), (0, 0)]
    assert {found.other.id for views, _ in pages for found in views} == {other}
    assert len({found.id for views, _ in pages for found in views}) == 52
    assert links_on_page(analyst, one, 1).total == 112
    assert len(links_of(radès, one)) == 52


def test_a_hidden_source_leaves_the_link() -> None:
    radès, analyst = make.actor("officer", "RDS"), make.actor("analyst", "HQ")
    source = state(make.actor("officer", "SFA"), office="SFA")
    first, second = state(radès), state(radès)
    make_link(analyst, first_id=first, second_id=second, said=NewLink("connected", source_id=source))
    assert links_of(radès, first)[0].source is None
    assert links_of(analyst, first)[0].source is not None


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ([], "open"),
        (["accept"], "accept"),
        (["accept", "no"], "no"),
        (["accept", "no", "undo"], "accept"),
        (["unsure", "undo"], "open"),
        (["unsure", "undo", "undo", "no"], "no"),
        (["unsure", "accept", "undo", "undo"], "open"),
    ],
)
def test_judgements_are_appended_and_an_undo_takes_the_last_back(said: list[str], standing: str) -> None:
    assert standing_verdict(said) == standing


def test_a_suggestion_waits_for_a_person_and_unsure_lasts(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    first = state(officer, persons=[person("Sami", PHONE)])
    second = state(officer, persons=[person("Rached", "0021620555014")])
    settle()
    found = suggested_links(officer, first)
    assert [(s.first.id, s.second.id, s.kind, s.verdict) for s in found] == [(*sorted((first, second)), "phone", "")]
    link = judge_suggestion(officer, first_id=second, second_id=first, kind="phone", verdict="unsure")
    settle()
    assert [s.verdict for s in suggested_links(officer, first)] == ["unsure"]
    judge_link(officer, link_id=link.id, verdict="no")
    assert suggested_links(officer, first) == []
    judge_link(officer, link_id=link.id, verdict="undo")
    assert [s.verdict for s in suggested_links(officer, first)] == ["unsure"]
    judge_suggestion(officer, first_id=first, second_id=second, kind="phone", verdict="accept")
    settle()
    assert suggested_links(officer, first) == []
    assert links_of(officer, second)[0].kind == "phone"
    assert [j.verdict for j in Judgement.objects.order_by("id")] == ["unsure", "no", "undo", "accept"]
    assert Link.objects.count() == 1


def test_what_is_not_suggested_cannot_be_judged() -> None:
    officer = make.actor("officer", "RDS")
    foreign = state(make.actor("officer", "SFA"), office="SFA", persons=[person("Rached", PHONE)])
    first, second = state(officer, persons=[person("Sami", PHONE)]), state(officer)
    for other, kind in ((second, "phone"), (foreign, "phone"), (second, "")):
        with pytest.raises(NotFound):
            judge_suggestion(officer, first_id=first, second_id=other, kind=kind, verdict="accept")
    with pytest.raises(Invalid):
        judge_suggestion(officer, first_id=first, second_id=second, kind="phone", verdict="maybe")
    link = make_link(officer, first_id=first, second_id=second, said=NewLink("connected"))
    judge_link(officer, link_id=link.id, verdict="undo")
    with pytest.raises(Conflict):
        judge_link(officer, link_id=link.id, verdict="undo")


def test_what_many_records_share_suggests_nothing() -> None:
    officer = make.actor("officer", "RDS")
    cases = [state(officer, persons=[person(f"P{n}", PHONE)]) for n in range(14)]
    assert suggested_links(officer, cases[0]) == []


def test_a_type_joins_by_its_annotations() -> None:
    """Two cases of other people in the same container: nothing was registered for it."""
    officer = make.actor("officer", "RDS")
    dates = ("2026-03-01T06:20+01:00", "2026-06-12T06:20+01:00")
    first, second = (make.submit_case(officer, detected_at=at).record_id for at in dates)
    kinds = {found.kind for found in suggested_links(officer, first) if second in (found.first.id, found.second.id)}
    assert kinds == {"container", "bill", "vessel"}


def test_an_erasure_empties_notes_and_titles() -> None:
    officer, keeper = make.actor("officer", "RDS"), make.actor("legal", "HQ")
    first, second, third = state(officer, persons=[person("Sami Ouerdani", PHONE)]), state(officer), state(officer)
    make_link(officer, first_id=first, second_id=second, said=NewLink("connected", note="met him"))
    make_link(officer, first_id=second, second_id=third, said=NewLink("connected", note="as Ouerdani, Sami said"))
    make_link(officer, first_id=third, second_id=second, said=NewLink("connected", note="the same seal"))
    chart = save_chart(officer, name="Around Ouerdani", nodes=[Placed(str(first))])
    erase_persons(keeper, record_id=first, item_ids=["p1"], basis="order")
    assert sorted(Link.objects.values_list("note", flat=True)) == ["", "", "the same seal"]
    assert "Ouerdani" not in Chart.objects.get(pk=chart.id).name


def test_a_shared_chart_shows_each_reader_what_exists_for_him() -> None:
    radès, sfax, analyst = make.actor("officer", "RDS"), make.actor("officer", "SFA"), make.actor("analyst", "HQ")
    one, other = state(radès, persons=[person("Sami", PHONE)]), state(sfax, office="SFA")
    nodes = [Placed(node.id, 1.0, 2.0) for node in start_chart(analyst, one).nodes] + [Placed(str(other), 3.0, 4.0)]
    chart = save_chart(analyst, name="Reef", nodes=nodes, audience="all")
    assert len(open_chart(analyst, chart.id).placed) == len(nodes)
    assert [node.id for node in open_chart(sfax, chart.id).placed] == [str(other)]
    assert str(other) not in {node.id for node in open_chart(radès, chart.id).placed}
    save_chart(analyst, name="Reef", nodes=nodes, audience="private")
    assert list_charts(sfax) == []
    with pytest.raises(NotFound):
        open_chart(sfax, chart.id)
    with pytest.raises(NotFound):
        remove_chart(sfax, chart_id=chart.id)
    remove_chart(analyst, chart_id=chart.id)
    assert not Chart.objects.exists()


def test_saving_a_chart_keeps_what_one_cannot_see_now() -> None:
    officer = make.actor("officer", "RDS")
    first, second = state(officer), state(officer)
    chart = save_chart(officer, name="Reef", nodes=[Placed(str(first)), Placed(str(second))])
    Record.objects.filter(pk=second).update(sensitivity=5)
    save_chart(officer, name="Reef", nodes=[Placed(str(first), 9.0)])
    assert [node.id for node in open_chart(officer, chart.id).placed] == [str(first)]
    Record.objects.filter(pk=second).update(sensitivity=0)
    assert {node.id for node in open_chart(officer, chart.id).placed} == {str(first), str(second)}


def test_a_chart_takes_no_node_that_its_maker_cannot_see() -> None:
    radès = make.actor("officer", "RDS")
    foreign = state(make.actor("officer", "SFA"), office="SFA")
    chart = save_chart(radès, name="Reef", nodes=[Placed(str(foreign)), Placed(str(UUID(int=5)))])
    assert Chart.objects.get(pk=chart.id).content == "[]"
