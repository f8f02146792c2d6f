"""What is nearly right is proposed, with its reason, and never taken unasked; two things in one column are told apart."""

from __future__ import annotations

import pytest

from opencen.formats import services
from opencen.formats.mapping import write_mapping
from opencen.formats.proposing import from_labels
from opencen.formats.queries import totals_of
from opencen.formats.reading import open_sheet
from opencen.formats.suggesting import split_currency, suggest_codes
from opencen.records.effective import effective_schema
from tests import make
from tests.formats import importing

pytestmark = pytest.mark.django_db

VALUES = [
    ("commodity", "ivoire brut", "environment.fauna.mammals.elephant"),
    ("commodity", "Marfim bruto (2 pontas)", "environment.fauna.mammals.elephant"),
    ("commodity", "devises (euros)", "money.cash"),
    ("commodity", "comprimés ecstasy", "drugs.psychotropics.mdma"),
    ("commodity", "Resine de canabis", "drugs.cannabis.resin"),
    ("commodity", "résine de cannabis marocaine", "drugs.cannabis.resin"),
    ("commodity", "كوكايين مهرب", "drugs.cocaine"),
    ("unit", "cajetilla de 20", "pack"),
    ("unit", "cart.", "carton"),
    ("unit", "maços de cigarros", "pack"),
    ("unit", "kgs net", "kg"),
    ("conveyance_mode", "camión de carga", "vehicle"),
]


@pytest.mark.parametrize(("name", "text", "code"), VALUES)
def test_a_value_that_shares_its_words_with_one_code_is_proposed(name, text, code):
    found = suggest_codes(name, text, "en")
    assert [one.code for one in found][:1] == [code], found


@pytest.mark.parametrize(("name", "text"), [("commodity", "divers"), ("commodity", "xx"), ("unit", "lot")])
def test_a_value_that_says_nothing_is_not_proposed(name, text):
    assert suggest_codes(name, text, "en") == []


@pytest.mark.parametrize(
    ("header", "bare", "currency"),
    [
        ("Valeur (DT)", "Valeur", "TND"),
        ("Valor (R$)", "Valor", "BRL"),
        ("Value in USD", "Value", "USD"),
        ("Montant €", "Montant", "EUR"),
        ("Valeur", "Valeur", ""),
        ("Valeur (kg)", "Valeur (kg)", ""),
    ],
)
def test_a_currency_in_the_head_is_taken_off(header, bare, currency):
    assert split_currency(header) == ((bare, currency) if currency else (header, ""))


def proposed(text):
    batch = services.upload_file(make.actor("officer"), content=text.encode(), name="register.csv")
    return batch, from_labels(open_sheet(batch.sha256), effective_schema("case"))


def test_a_head_with_a_currency_brings_the_currency_of_every_amount():
    _, mapping = proposed("N° PV;Date;Marchandise;Valeur (DT)\n1;2021-03-04;Cocaïne;1250,000\n2;2021-03-05;Khat;3,5\n")
    found = mapping.column_of("Valeur (DT)")
    assert found.to == ["lines[l1].value.amount"]
    assert found.beside == {"currency": "TND"}


REGISTER = (
    "Numéro du PV;Date de l'infraction;Nature des marchandises saisies;Conteneur / plaque\n"
    "1;2021-03-04;Cocaïne;MSKU1234565\n2;2021-03-05;Khat;123 TU 4567\n3;2021-03-06;Khat;MSKU1234565 / 77 TU 1\n"
)


def test_a_head_that_holds_a_fields_name_goes_there_where_its_values_fit():
    _, mapping = proposed(REGISTER)
    assert mapping.column_of("Date de l'infraction").to == ["detected_at"]
    assert mapping.column_of("Nature des marchandises saisies").to == ["lines[l1].commodity"]
    _, other = proposed("Numéro;Date du jugement;Marchandise\n1;confirmé;Khat\n2;relaxe;Khat\n")
    assert other.column_of("Date du jugement").to == []


def test_two_kinds_in_one_column_go_each_where_its_shape_belongs():
    actor = make.actor("officer")
    batch, mapping = proposed(REGISTER)
    column = mapping.column_of("Conteneur / plaque")
    assert (column.split, column.to) == (
        "kinds",
        ["consignments[s1].containers[c1].number", "conveyances[v1].plate"],
    )
    services.set_mapping(
        actor, batch_id=batch.id, mapping=write_mapping(mapping), mode="historical", reason="Register of 2021"
    )
    services.start_run(actor, batch_id=batch.id)
    done = importing.run_now(batch.id)
    assert totals_of(done).stored == 3, [row.findings for row in done.rows.all()]
    found = importing.documents(actor, done)
    containers = {
        n: [c["number"] for s in d.get("consignments", ()) for c in s["containers"]] for n, d in found.items()
    }
    plates = {n: [v["plate"] for v in d.get("conveyances", ())] for n, d in found.items()}
    assert containers == {2: ["MSKU1234565"], 3: [], 4: ["MSKU1234565"]}
    assert plates == {2: [], 3: ["123 TU 4567"], 4: ["77 TU 1"]}


def test_a_register_in_portuguese_and_one_in_arabic_need_no_help():
    _, portuguese = proposed(
        "N.º do auto;Data da apreensão;Posto;Mercadoria;Qtd.;Unidade;Proveniência;País de destino\n"
        "1/21;31/03/2021;RDS;Cocaína;2;kg;Brasil;Portugal\n2/21;12/03/2021;RDS;Heroína;1;kg;Índia;Portugal\n"
    )
    assert {entry.header: entry.to[0] for entry in portuguese.column if entry.to} == {
        "N.º do auto": "external_references[r1].number", "Data da apreensão": "detected_at", "Posto": "office",
        "Mercadoria": "lines[l1].commodity", "Qtd.": "lines[l1].quantity", "Unidade": "lines[l1].unit",
        "Proveniência": "route[departure].country", "País de destino": "route[destination].country",
    }  # fmt: skip
    _, arabic = proposed(
        "رقم المحضر;تاريخ الحجز;نوع البضاعة;الكمية;الوحدة;بلد المغادرة\n"
        "1;31/03/2021;كوكايين;2;كغ;البرازيل\n2;12/03/2021;هيروين;1;كغ;الهند\n"
    )
    assert [entry.to[0] if entry.to else "" for entry in arabic.column] == [
        "external_references[r1].number", "detected_at", "lines[l1].commodity", "lines[l1].quantity",
        "lines[l1].unit", "route[departure].country",
    ]  # fmt: skip
