"""The public map of Kota Semarang: its 16 kecamatan and 177 kelurahan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_KELURAHAN: Final = {
    "Semarang Tengah": "Bangunharjo, Brumbungan, Gabahan, Jagalan, Karangkidul, Kauman, Kembangsari, Kranggan, Miroto, "
    "Pandansari, Pekunden, Pendrikan Kidul, Pendrikan Lor, Purwodinatan, Sekayu",
    "Semarang Utara": "Bandarharjo, Bulu Lor, Dadapsari, Kuningan, Panggung Kidul, Panggung Lor, Plombokan, Purwosari, "
    "Tanjungmas",
    "Semarang Timur": "Bugangan, Karangtempel, Karangturi, Kebonagung, Kemijen, Mlatibaru, Mlatiharjo, Rejomulyo, "
    "Rejosari, Sarirejo",
    "Gayamsari": "Gayamsari, Kaligawe, Pandean Lamper, Sambirejo, Sawah Besar, Siwalan, Tambakrejo",
    "Genuk": "Bangetayu Kulon, Bangetayu Wetan, Banjardowo, Gebangsari, Genuksari, Karangroto, Kudu, Muktiharjo Lor, "
    "Penggaron Lor, Sembungharjo, Terboyo Kulon, Terboyo Wetan, Trimulyo",
    "Pedurungan": "Gemah, Kalicari, Muktiharjo Kidul, Palebon, Pedurungan Kidul, Pedurungan Lor, Pedurungan Tengah, "
    "Penggaron Kidul, Plamongansari, Tlogomulyo, Tlogosari Kulon, Tlogosari Wetan",
    "Semarang Selatan": "Barusari, Bulustalan, Lamper Kidul, Lamper Lor, Lamper Tengah, Mugassari, Peterongan, "
    "Pleburan, Randusari, Wonodri",
    "Candisari": "Candi, Jatingaleh, Jomblang, Kaliwiru, Karanganyar Gunung, Tegalsari, Wonotingal",
    "Gajahmungkur": "Bendan Duwur, Bendan Ngisor, Bendungan, Gajahmungkur, Karangrejo, Lempongsari, Petompon, "
    "Sampangan",
    "Tembalang": "Bulusan, Jangli, Kedungmundu, Kramas, Mangunharjo, Meteseh, Rowosari, Sambiroto, Sendangguwo, "
    "Sendangmulyo, Tandang, Tembalang",
    "Banyumanik": "Banyumanik, Gedawang, Jabungan, Ngesrep, Padangsari, Pedalangan, Pudakpayung, Srondol Kulon, "
    "Srondol Wetan, Sumurboto, Tinjomoyo",
    "Gunungpati": "Cepoko, Gunungpati, Jatirejo, Kalisegoro, Kandri, Mangunsari, Ngijo, Nongkosawit, Pakintelan, "
    "Patemon, Plalangan, Pongangan, Sadeng, Sekaran, Sukorejo, Sumurrejo",
    "Semarang Barat": "Bojongsalaman, Bongsari, Cabean, Gisikdrono, Kalibanteng Kidul, Kalibanteng Kulon, Karangayu, "
    "Kembangarum, Krapyak, Krobokan, Manyaran, Ngemplak Simongan, Salamanmloyo, Tambakharjo, Tawangmas, Tawangsari",
    "Mijen": "Bubakan, Cangkiran, Jatibarang, Jatisari, Karangmalang, Kedungpane, Mijen, Ngadirgo, Pesantren, Polaman, "
    "Purwosari, Tambangan, Wonolopo, Wonoplumbon",
    "Ngaliyan": "Bambankerep, Beringin, Gondoriyo, Kalipancur, Ngaliyan, Podorejo, Purwoyoso, Tambakaji, Wates, "
    "Wonosari",
    "Tugu": "Jerakah, Karanganyar, Mangkang Kulon, Mangkang Wetan, Mangunharjo, Randugarut, Tugurejo",
}

KECAMATAN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {district: tuple(names.split(", ")) for district, names in _KELURAHAN.items()}
)
"""Kelurahan by kecamatan."""

NEIGHBOURS: Final = (
    "Pemerintah Kabupaten Demak",
    "Pemerintah Kabupaten Kendal",
    "Pemerintah Kabupaten Semarang",
    "Pemerintah Kabupaten Grobogan",
    "Pemerintah Kota Salatiga",
    "Pemerintah Provinsi Jawa Tengah",
)
"""Institutions from which people move to the city."""

CITY: Final = "Pemerintah Kota Semarang"
