"""The names of the demonstration's offices in French, Spanish, Arabic and Portuguese."""

from __future__ import annotations

LANGUAGES = ("fr", "es", "ar", "pt")
NAMES: dict[str, tuple[str, str, str, str]] = {
    "HQ": ("Direction générale", "Dirección general", "الإدارة العامة", "Direção-geral"),
    "DTN": ("District de Tunis Nord", "Distrito de Túnez Norte", "إقليم تونس الشمالية", "Distrito de Tunes Norte"),
    "DNW": ("District du Nord-Ouest", "Distrito Noroeste", "إقليم الشمال الغربي", "Distrito Noroeste"),
    "DCE": ("District du Centre", "Distrito Centro", "إقليم الوسط", "Distrito Centro"),
    "DSF": ("District de Sfax et Gabès", "Distrito de Sfax y Gabés", "إقليم صفاقس وقابس", "Distrito de Sfax e Gabès"),
    "DSE": ("District du Sud-Est", "Distrito Sudeste", "إقليم الجنوب الشرقي", "Distrito Sudeste"),
    "RDS": ("Port de Radès", "Puerto de Radès", "ميناء رادس", "Porto de Radès"),
    "LGN": ("Gare maritime de La Goulette", "Terminal marítima de La Goleta", "المحطة البحرية حلق الوادي",
            "Terminal marítimo de La Goulette"),
    "TUN": ("Aéroport de Tunis", "Aeropuerto de Túnez", "مطار تونس", "Aeroporto de Tunes"),
    "TUP": ("Centre de tri postal de Tunis", "Centro postal de Túnez", "مركز البريد بتونس", "Centro postal de Tunes"),
    "TUX": ("Fret express de Tunis", "Centro exprés de Túnez", "مركز البريد السريع بتونس", "Centro expresso de Tunes"),
    "TUI": ("Brigade intérieure de Tunis", "Brigada interior de Túnez", "الفرقة الداخلية بتونس",
            "Brigada interior de Tunes"),
    "BIZ": ("Port de Bizerte", "Puerto de Bizerta", "ميناء بنزرت", "Porto de Bizerta"),
    "MEL": ("Poste de Melloula", "Puesto de Melloula", "مركز ملولة", "Posto de Melloula"),
    "GHD": ("Poste de Ghardimaou", "Puesto de Ghardimaou", "مركز غار الدماء", "Posto de Ghardimaou"),
    "BCH": ("Poste de Bou Chebka", "Puesto de Bou Chebka", "مركز بوشبكة", "Posto de Bou Chebka"),
    "ENF": ("Aéroport d’Enfidha", "Aeropuerto de Enfidha", "مطار النفيضة", "Aeroporto de Enfidha"),
    "SUS": ("Port de Sousse", "Puerto de Susa", "ميناء سوسة", "Porto de Susa"),
    "MIR": ("Aéroport de Monastir", "Aeropuerto de Monastir", "مطار المنستير", "Aeroporto de Monastir"),
    "SFA": ("Port de Sfax", "Puerto de Sfax", "ميناء صفاقس", "Porto de Sfax"),
    "SFI": ("Brigade intérieure de Sfax", "Brigada interior de Sfax", "الفرقة الداخلية بصفاقس",
            "Brigada interior de Sfax"),
    "GAE": ("Port de Gabès", "Puerto de Gabés", "ميناء قابس", "Porto de Gabès"),
    "TOE": ("Poste de Tozeur et Hazoua", "Puesto de Tozeur y Hazoua", "مركز توزر وحزوة", "Posto de Tozeur e Hazoua"),
    "DJE": ("Aéroport de Djerba", "Aeropuerto de Yerba", "مطار جربة", "Aeroporto de Djerba"),
    "ZRZ": ("Zone franche de Zarzis", "Zona franca de Zarzis", "المنطقة الحرة بجرجيس", "Zona franca de Zarzis"),
    "RDJ": ("Poste de Ras Jedir", "Puesto de Ras Jedir", "مركز رأس جدير", "Posto de Ras Jedir"),
    "DHB": ("Poste de Dhehiba", "Puesto de Dhehiba", "مركز الذهيبة", "Posto de Dhehiba"),
    "RDSC": ("Unité conteneurs", "Unidad de contenedores", "وحدة الحاويات", "Unidade de contentores"),
    "TUND": ("Unité cynophile", "Unidad canina", "وحدة الكلاب", "Unidade cinotécnica"),
    "RDJM": ("Équipe mobile Sud", "Equipo móvil Sur", "الفريق المتنقل الجنوبي", "Equipa móvel Sul"),
    "HUB": ("Centre de démonstration", "Centro de demostración", "مركز العرض", "Centro de demonstração"),
}  # fmt: skip


def names_of(code: str) -> dict[str, str]:
    """Return the names of an office by their language."""
    return dict(zip(LANGUAGES, NAMES.get(code, ()), strict=False))
