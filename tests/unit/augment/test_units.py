"""Units as languages spell them out."""

import pytest

from wellread.augment.units import unit_at

SPELT = {
    "wt%": "wt% | wt.% | wt.-% | wt % | weight per cent | percent by mass | % by weight | % (w/w) | Gew.-% | Gew.% | Gewichtsprozent | Ma.-% | "
    "Massen-% | Masse-% | Massenprozent | % en peso | por ciento en masa | % in peso | per cento in massa | % en poids | 重量% | 質量％ | "
    "質量パーセント | 质量% | 중량%",
    "mol%": "mol% | mol.-% | mol % | mole percent | Mol-% | Molprozent | Stoffmengenprozent | % en moles | % molar | % in moli | % molare | "
    "モル% | モルパーセント | 摩尔% | 몰%",
    "vol%": "vol% | vol.% | volume per cent | % by volume | % (v/v) | Vol.-% | Volumenprozent | Volumen-% | % en volumen | % in volume | 体積% | "
    "容量% | 体积% | 부피%",
    "at%": "at% | at.% | at.-% | atomic percent | Atom-% | Atomprozent | % atómico | % in atomi | 原子%",
    "%": "% | ％ | percent | Prozent | por ciento | per cento | パーセント | % of the mass | % in the volume | % moles",
}


@pytest.mark.parametrize(
    ("unit", "text"), [(unit, s.strip()) for unit, spelt in SPELT.items() for s in spelt.split("|")]
)
def test_shares(unit, text):
    found = unit_at(f"2.3 {text}", 4)
    assert found is not None
    assert found[0] == ((unit, 1),)
    assert unit == "%" or found[1] == len(text) + 4


@pytest.mark.parametrize(
    ("text", "unit"),
    [("分の 1", None), ("分の1", None), ("分の一", None), ("分の加熱", "min"), ("分間", "min"), ("分", "min")],
)
def test_a_japanese_fraction_is_no_minute(text, unit):
    found = unit_at(f"60 {text}", 3)
    assert (found[0][0][0] if found else None) == unit
