"""The table of official files, one line each."""

from __future__ import annotations

from opencen.codelists.official import formats as read
from opencen.codelists.official.formats import Format, simple

UNLOCODE_COLUMNS = (
    "change", "country", "location", "name", "plain_name", "subdivision",
    "function", "status", "date", "iata", "coordinates", "remarks",
)  # fmt: skip

LEGAL_FORM_COLUMNS = (
    "ELF Code", "Country of formation", "Country Code (ISO 3166-1)", "Jurisdiction of formation",
    "Country sub-division code (ISO 3166-2)", "Entity Legal Form name Local name", "Language",
    "Language Code (ISO 639-1)", "Entity Legal Form name Transliterated name (per ISO 01-140-10)",
    "Abbreviations Local language", "Abbreviations transliterated", "Date created YYYY-MM-DD (ISO 8601)",
    "ELF Status ACTV/INAC", "Modification", "Modification date YYYY-MM-DD (ISO 8601)", "Reason",
)  # fmt: skip

TAXON_COLUMNS = (
    "taxon", "appendix_last", "appendices", "class", "order", "family", "genus", "first_year", "last_year", "records",
)  # fmt: skip

# UN/LOCODE comes without a header, in parts by country; it is recognised by its first row.
UNLOCODE = Format("unlocode", "place", UNLOCODE_COLUMNS, read.read_location_row, 1000)

FORMATS = (
    Format("hs", "hs", ("section", "hscode", "description", "parent", "level"), read.read_tariff_row, 5000),
    Format("hs_sections", "hs_section", ("section", "name"), simple("section", "name"), 21),
    Format(
        "rec20",
        "unit_rec20",
        ("Status", "CommonCode", "Name", "Description", "LevelAndCategory", "Symbol", "ConversionFactor"),
        read.read_unit_row,
        1000,
    ),
    Format("rec20_levels", "unit_rec20_level", ("LevelAndCategory", "Description"),
           simple("LevelAndCategory", "Description")),
    Format("rec21", "package_rec21", ("Status", "Code", "Name", "Description", "Numeric code"),
           read.read_package_row, 300),
    Format("iso6346_types", "container_type", ("code", "description", "length", "height", "group"),
           simple("code", "description", "length", "height", "group"), 200),
    Format("imo_classes", "imo_class", ("IMO Class Code", "IMO Class Name", "IMO Class Description"),
           simple("IMO Class Code", "IMO Class Name", "IMO Class Description"), 20),
    Format("iso4217", "currency", ("Entity", "Currency", "CurrencyCode", "NumericCode", "MinorUnit", "WithdrawalDate"),
           read.read_currency_row, 200),
    Format("iso3166", "country", ("Name", "Code"), read.read_country_row("Name", "Code"), 200),
    Format("unlocode_countries", "country", ("CountryCode", "CountryName"),
           read.read_country_row("CountryName", "CountryCode"), 200),
    Format("iso3166_2", "subdivision", ("SUCountry", "SUCode", "SUName", "SUType"), read.read_subdivision_row, 1000),
    Format("unlocode_functions", "unlocode_function", ("FunctionCode", "FunctionDescription"),
           simple("FunctionCode", "FunctionDescription")),
    Format("unlocode_status", "unlocode_status", ("STStatus", "STDescription"), simple("STStatus", "STDescription")),
    Format("cites_taxa", "cites_taxon", TAXON_COLUMNS, read.read_taxon_row, 1000),
    Format("cites_purpose", "cites_purpose", ("Purpose", "Explanation"), simple("Purpose", "Explanation"), 10),
    Format("inn", "inn", ("inn_name", "unii", "unii_display_name"), simple("unii", "inn_name", "unii_display_name"),
           1000),
    Format("elf", "legal_form", LEGAL_FORM_COLUMNS, read.read_legal_form_row, 1000),
    Format("unece_vocabulary", "unece_code", ("code_list", "code", "label"), read.read_vocabulary_row, 100),
    Format("inhalation_zones", "inhalation_zone",
           ("Inhalation Zone Code", "Inhalation Zone Name", "Inhalation Zone Description for Gases",
            "Inhalation Zone Description for Liquids"),
           simple("Inhalation Zone Code", "Inhalation Zone Name")),
    Format("segregation_groups", "segregation_group", ("Segregation Group Code", "Segregation Group Description"),
           simple("Segregation Group Code", "Segregation Group Description")),
)  # fmt: skip

BY_HEADER = {known.header: known for known in FORMATS}
