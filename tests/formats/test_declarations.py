"""What a declaration system hands over, as XML, JSON or CSV: the same case, and only where something was found."""

from __future__ import annotations

import csv
import io
import json

import pytest

from opencen.formats import services
from opencen.formats.reading import open_sheet
from opencen.kernel.errors import Invalid
from tests import make
from tests.formats import importing

pytestmark = pytest.mark.django_db

ITEM = """<Item><Tarification><HScode><Commodity_code>{hs}</Commodity_code></HScode></Tarification>
<Goods_description><Country_of_origin_code>CN</Country_of_origin_code><Description_of_goods>{goods}</Description_of_goods>
</Goods_description>{act}</Item>"""
ACT = """<Inspection_act><Date>2026-03-04</Date><Country>TN</Country><Location_type>seaport</Location_type>
<Selectivity>red</Selectivity><Result>seizure</Result><Found>Cigarettes behind tiles</Found><Concealment>In freight</Concealment>
<Commodity>Cigarettes</Commodity><Quantity>1200</Quantity><Unit>carton</Unit></Inspection_act>"""
DECLARATION = """<?xml version="1.0" encoding="UTF-8"?><ASYCUDA>
<Identification><Customs_procedure_flow>I</Customs_procedure_flow><Office_segment>
<Customs_clearance_office_code>TNRDS</Customs_clearance_office_code></Office_segment>
<Registration><Serial>C</Serial><Number>4711</Number><Date>2026-03-02</Date></Registration></Identification>
<Traders><Exporter><Exporter_name>Bright Tiles Ltd</Exporter_name></Exporter><Consignee><Consignee_name>Sfax Import</Consignee_name>
</Consignee></Traders><General_information><Country><Export><Export_country_code>CN</Export_country_code></Export>
<Destination><Destination_country_code>TN</Destination_country_code></Destination></Country></General_information>
<Transport><Means_of_transport><Border_information><Identity>MV Aurora</Identity><Mode>1</Mode></Border_information>
</Means_of_transport></Transport><Container><Container_identity>MSKU1234565</Container_identity></Container>{items}</ASYCUDA>"""


def declaration(*items):
    return DECLARATION.replace("{items}", "".join(items)).encode()


def test_a_declaration_with_a_find_becomes_a_case_with_what_was_declared_and_what_was_found():
    actor = make.actor("officer")
    content = declaration(
        ITEM.format(hs="69072100", goods="Ceramic tiles", act=ACT),
        ITEM.format(hs="69072200", goods="More tiles", act=""),
    )
    batch = importing.import_file(actor, content, "sad.xml", importing.named(actor, "asycuda_declaration"))
    assert importing.outcomes(batch) == {"stored": 1, "refused": 1}
    assert importing.findings(batch, "import.no_find").keys() == {2}
    (document,) = importing.documents(actor, batch).values()
    (line,) = document["lines"]
    assert (line["hs_code"], line["declared_as"], line["found_as"]) == (
        "690721",
        "Ceramic tiles",
        "Cigarettes behind tiles",
    )
    assert (line["quantity"], line["unit"]) == ("1200", "carton")
    assert document["conveyances"][0]["mode"] == "vessel"
    assert document["consignments"][0]["containers"][0]["number"] == "MSKU1234565"
    assert [leg["country"] for leg in document["route"]] == ["CN", "TN"]


FEED = {
    "declaration_number": "D1", "found_on": "2026-03-04", "country": "TN", "direction": "import",
    "location_type": "seaport", "detection_method": "risk_profiling", "e_commerce": "no", "mode": "vessel",
    "consignee": "Sfax Import", "departure_country": "CN",
    "items": [{"found_commodity": "Cigarettes", "found_quantity": 12, "found_unit": "carton", "hs_code": "240220",
               "concealment": "In freight"},
              {"found_commodity": "Cocaine", "found_quantity": 2, "found_unit": "kg", "concealment": "In freight"}],
}  # fmt: skip


def as_csv(feed):
    stream = io.StringIO()
    around = {name: value for name, value in feed.items() if name != "items"}
    rows = [{**around, **{f"items.{name}": value for name, value in item.items()}} for item in feed["items"]]
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def test_the_feed_says_the_same_in_json_and_in_csv():
    actor = make.actor("officer")
    mapping = importing.named(actor, "declaration_feed")
    batch = importing.import_file(actor, json.dumps({"declarations": [FEED]}).encode(), "feed.json", mapping)
    assert importing.outcomes(batch) == {"stored": 2}
    (document,) = {row.record_id: importing.documents(actor, batch)[row.number] for row in batch.rows.all()}.values()
    assert [(line["quantity"], line["unit"]) for line in document["lines"]] == [("12", "carton"), ("2", "kg")]
    again = importing.import_file(actor, as_csv(FEED), "feed.csv", mapping)
    assert importing.outcomes(again) == {"unchanged": 2}


HOSTILE = [
    (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ASYCUDA><Item><A>&a;</A></Item></ASYCUDA>',
        "import.xml_doctype",
    ),
    (b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><ASYCUDA><Item/></ASYCUDA>', "import.xml_doctype"),
    (b'<?xml version="1.0"?>' + b"<a>" * 60 + b"</a>" * 60, "import.unreadable"),
    (b'<?xml version="1.0"?><ASYCUDA><Item>', "import.unreadable"),
    (b'<?xml version="1.0"?><ASYCUDA/>', "import.no_rows"),
]


@pytest.mark.parametrize(("content", "code"), HOSTILE)
def test_xml_that_reaches_elsewhere_or_is_broken_is_refused(content, code):
    with pytest.raises(Invalid) as caught:
        services.upload_file(make.actor("officer"), content=content, name="sad.xml")
    assert caught.value.code == code


def test_several_declarations_in_one_file_are_told_apart():
    one = ITEM.format(hs="690721", goods="Tiles", act=ACT)
    body = declaration(one).decode().split("?>", 1)[1]
    content = f'<?xml version="1.0"?><Declarations>{body}{body.replace("4711", "4712")}</Declarations>'.encode()
    batch = services.upload_file(make.actor("officer"), content=content, name="sad.xml")
    sheet = open_sheet(batch.sha256)
    place = sheet.header.names.index("Identification.Registration.Number")
    assert [cells[place] for _, cells in sheet.rows] == ["4711", "4712"]
