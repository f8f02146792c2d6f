"""The graph: what is connected, what is counted, which ways lead on; all of it as one actor sees it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.reader import newest_sequence
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from opencen.records.erasure import erase_persons
from opencen.records.intake import submit
from opencen.records.links.graph import files
from opencen.records.links.graph.queries import show_chart, show_paths, start_chart
from opencen.records.links.graph.store import GRAPH
from opencen.records.links.services import NewLink, make_link
from opencen.records.models import Record
from tests import make
from tests.records.links.stating import BARE, PHONE, person, state

pytestmark = pytest.mark.django_db
Settle = Callable[[], None]


def shown(actor: Actor, record_id: UUID) -> set[str]:
    """Return the labels and references of what stands around a record."""
    view = start_chart(actor, record_id)
    return {node.label or node.record.reference for node in view.nodes if node.label or node.record}


def reference(record_id: UUID) -> str:
    return str(Record.objects.get(pk=record_id).reference)


def test_two_cases_meet_in_a_phone_however_it_is_written(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    first = state(officer, persons=[person("Sami", "+216 20 555 014")])
    second = state(officer, persons=[person("Rached", "00216 20555014")])
    settle()
    assert {"Sami", "Rached", reference(first), reference(second)} <= shown(officer, first)
    paths = show_paths(officer, str(first), str(second))
    assert len(paths[0]) == 5
    assert paths[0][0] == str(first)
    assert paths[0][-1] == str(second)


def test_three_people_see_three_charts_and_a_hidden_case_gives_no_way_through(settle: Settle) -> None:
    """Radès and Sfax each hold one end; the case between them is in a closed group."""
    room = UUID(int=77)
    radès, sfax = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    whole = make.actor("analyst", "HQ", compartments=frozenset({room}))
    outside = make.actor("analyst", "HQ")
    one = state(radès, persons=[person("Sami", "+21620555014")])
    middle = state(radès, persons=[person("Hidden", "+21620555014", "+21671555018")])
    other = state(sfax, office="SFA", persons=[person("Rached", "+21671555018")])
    Record.objects.filter(pk=middle).update(compartment_id=room)
    settle()
    assert show_paths(whole, str(one), str(other)) != []
    assert show_paths(outside, str(one), str(other)) == []
    with pytest.raises(NotFound):
        show_paths(radès, str(one), str(other))
    with pytest.raises(NotFound):
        start_chart(outside, middle)
    seen = start_chart(outside, one, depth=6)
    assert "Hidden" not in {node.label for node in seen.nodes}
    assert {node.label: node.counts for node in seen.nodes}["+21620555014"] == {"people": 1}
    assert {node.label: node.counts for node in start_chart(whole, one, depth=6).nodes}["+21620555014"] == {"people": 2}
    assert seen.suggestions == []


def test_a_thing_that_only_a_hidden_case_states_is_not_there(settle: Settle) -> None:
    sfax, radès = make.actor("officer", "SFA"), make.actor("officer", "RDS")
    foreign = state(sfax, office="SFA", persons=[person("Rached", PHONE)])
    own = state(radès)
    settle()
    thing = next(node.id for node in start_chart(sfax, foreign).nodes if node.kind == "thing:phone")
    assert show_chart(radès, [thing, str(foreign), str(own)]).nodes[0].id == str(own)
    assert len(show_chart(radès, [thing, str(foreign), str(own)]).nodes) == 1
    with pytest.raises(NotFound):
        show_paths(radès, str(own), thing)
    with pytest.raises(NotFound):
        show_chart(radès, [str(own)], expand=thing)


def test_what_a_hidden_case_changes_changes_no_byte_for_others(settle: Settle) -> None:
    """A hidden case shares the phone of two seen ones: before and after it, the chart is the same."""
    radès, sfax = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    first = state(radès, persons=[person("Sami", PHONE)])
    state(radès, persons=[person("Rached", PHONE)])
    settle()
    before = start_chart(radès, first)
    state(sfax, office="SFA", persons=[person("Hidden", PHONE)])
    settle()
    after = start_chart(radès, first)
    assert [(n.id, n.label, n.counts) for n in after.nodes] == [(n.id, n.label, n.counts) for n in before.nodes]
    assert after.edges == before.edges
    assert len(after.suggestions) == len(before.suggestions) == 1


def test_a_changed_lock_counts_at_once(settle: Settle) -> None:
    radès, analyst = make.actor("officer", "RDS"), make.actor("analyst", "HQ")
    first = state(radès, persons=[person("Sami", PHONE)])
    second = state(radès, persons=[person("Rached", PHONE)])
    settle()
    assert show_paths(analyst, str(first), str(second))
    Record.objects.filter(pk=second).update(sensitivity=5)
    with contextlib.suppress(NotFound):  # read live, the lock comes with it
        assert show_paths(analyst, str(first), str(second)) == []
    view = start_chart(analyst, first, depth=6)
    assert "Rached" not in {node.label for node in view.nodes}
    assert str(second) not in {node.id for node in view.nodes}


def test_an_amended_case_lets_go_of_what_it_no_longer_states(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    receipt = make.submit_case(officer, consignments=None, conveyances=BARE, persons=[person("Sami", PHONE)])
    other = state(officer, persons=[person("Rached", PHONE)])
    settle()
    document = make.case_document(consignments=None, conveyances=BARE, persons=[person("Sami", "+21671555018")])
    make.amend_case(officer, receipt.record_id, 1, document)
    settle()
    assert show_paths(officer, str(receipt.record_id), str(other)) == []
    assert "+21671555018" in shown(officer, receipt.record_id)
    assert PHONE not in shown(officer, receipt.record_id)


def test_a_link_that_a_person_made_is_a_way(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    first, second = state(officer), state(officer)
    settle()
    assert show_paths(officer, str(first), str(second)) == []
    make_link(officer, first_id=first, second_id=second, said=NewLink(role="same_method"))
    settle()
    assert show_paths(officer, str(first), str(second)) == [[str(first), str(second)]]
    edge = start_chart(officer, first).edges[0]
    assert (edge.role, edge.source, edge.target) == ("link_role:same_method", str(first), str(second))


def test_expanding_adds_the_neighbours_of_one_kind(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    first = make.submit_case(officer, persons=[person("Sami", PHONE)]).record_id
    settle()
    alone = show_chart(officer, [str(first)])
    assert alone.nodes[0].counts == {"people": 1, "cargo": 2, "companies": 1, "conveyances": 1}
    people = show_chart(officer, [str(first)], expand=str(first), kind="people")
    assert [node.label for node in people.nodes[1:]] == ["Sami"]
    assert people.nodes[1].standing == "suspected"
    whole = show_chart(officer, [str(first)], expand=str(first))
    assert {node.label for node in whole.nodes[1:]} == {
        "Sami", "OCLU3026189", "OCLGYE2610447", "Sahel Fruits Import SARL", "CASTOR LINE",
    }  # fmt: skip


def test_further_paths_go_other_ways(settle: Settle) -> None:
    officer = make.actor("officer", "RDS")
    first = state(officer, persons=[person("Sami", PHONE, "+21671555018")])
    second = state(officer, persons=[person("Rached", PHONE, "+21671555018")])
    settle()
    paths = show_paths(officer, str(first), str(second))
    assert len(paths) == 2
    assert paths[0][2] != paths[1][2]


def test_bad_questions_are_refused() -> None:
    officer = make.actor("officer", "RDS")
    first = state(officer)
    with pytest.raises(Invalid):
        show_paths(officer, str(first), str(first))
    for wrong in ("", "x", "é" * 16, "0" * 16, "../../etc/passwd", str(UUID(int=4))):
        with pytest.raises(NotFound):
            show_paths(officer, str(first), wrong)
    with pytest.raises(Invalid):
        show_chart(officer, ["0" * 16] * 6000)


def test_an_erased_person_leaves_the_graph_and_its_files() -> None:
    officer = make.actor("officer", "RDS")
    keeper = make.actor("legal", "HQ")
    first = state(officer, persons=[person("Sami Ouerdani", PHONE)])
    other = state(officer, persons=[person("Rached", PHONE)])
    seal_all()
    catch_up(GRAPH)
    thing = next(node.id for node in start_chart(officer, first).nodes if node.kind == "thing:phone")
    erase_persons(keeper, record_id=other, item_ids=["p1"], basis="order")
    erase_persons(keeper, record_id=first, item_ids=["p1"], basis="order")
    seal_all()
    catch_up(GRAPH)
    assert GRAPH.verify() == []
    assert show_chart(officer, [thing]).nodes == []
    key = int(thing, 16).to_bytes(8, "little")
    assert not any(key in path.read_bytes() for path in files.folder().rglob("*.npy"))


def test_no_file_of_the_graph_holds_a_word() -> None:
    officer = make.actor("officer", "RDS")
    make.submit_case(officer, persons=[person("Sami Ouerdani", PHONE)])
    seal_all()
    catch_up(GRAPH)
    held = b"".join(path.read_bytes() for path in files.folder().rglob("*") if path.is_file())
    for word in ("Ouerdani", "555", "OCLU3026189", "Sahel"):
        assert word.encode() not in held


def test_a_rebuilt_graph_is_the_graph() -> None:
    officer = make.actor("officer", "RDS")
    first = make.submit_case(officer, persons=[person("Sami", PHONE)]).record_id
    state(officer, persons=[person("Rached", PHONE)])
    seal_all()
    catch_up(GRAPH)
    before = start_chart(officer, first)
    assert GRAPH.verify() == []
    rebuild(GRAPH)
    assert GRAPH.verify() == []
    after = start_chart(officer, first)
    assert {node.id for node in after.nodes} == {node.id for node in before.nodes}
    assert set(after.edges) == set(before.edges)


def test_a_damaged_graph_is_told() -> None:
    officer = make.actor("officer", "RDS")
    state(officer, persons=[person("Sami", PHONE)])
    seal_all()
    catch_up(GRAPH)
    second = state(officer)
    seal_all()
    GRAPH.apply([], [], newest_sequence())
    assert GRAPH.verify() == [f"{reference(second)} is not in the graph"]


def test_a_suspect_stands_among_cases_by_phone_and_by_reference(settle: Settle) -> None:
    """Another database joins by what its fields say: nothing of it is named here but its document."""
    officer = make.actor("officer", "RDS")
    document = {
        "form": "short",
        "standing": "suspected",
        "legal_basis": "customs_law",
        "office": "RDS",
        "names": [{"id": "n1", "text": "Sami Ouerdani", "type": "full"}],
        "phones": [PHONE],
    }
    receipt = submit(officer, make.submission(document, "suspect", reasons={}))
    suspect = receipt.record_id
    assert Record.objects.filter(pk=suspect).exists(), [(f.level, f.key) for f in receipt.findings]
    linked = state(officer, persons=[{"id": "p1", "role": "courier", "standing": "suspected", "suspect": str(suspect)}])
    sharing = state(officer, persons=[person("S. Ouerdani", "+21620555014")])
    settle()
    assert show_paths(officer, str(suspect), str(linked)) == [[str(suspect), str(linked)]]
    assert len(show_paths(officer, str(suspect), str(sharing))[0]) == 4
    view = start_chart(officer, suspect)
    roles = {edge.role for edge in view.edges if edge.source == str(linked)}
    assert "person_role:courier" in roles
    assert [(s.kind, {s.first.id, s.second.id}) for s in view.suggestions] == [("phone", {suspect, sharing})]
    blind = replace(officer, permissions=officer.permissions - {"suspect:read"})
    assert {node.kind for node in start_chart(blind, linked).nodes} == {"record:case"}
    with pytest.raises(NotFound):
        show_paths(blind, str(suspect), str(linked))
