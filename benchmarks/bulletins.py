"""Invented bulletins of one form, of which each tells a fact of its own: what must not be taken for copies of each other."""

from __future__ import annotations

import random
import re

SLOT = re.compile(r"\{(?:(\d+)-(\d+)|([^}]+))\}")

FORMS = {
    "an earthquake": (
        "Gempa bermagnitudo {3-6},{0-9} mengguncang {Ambon|Ternate|Sabang|Kupang|Palu|Manado|Sorong|Padang} pada"
        " {Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu} ({1-28}/{1-12}/2026) pukul {1-23}.{10-59}.{10-59} WIB. Badan"
        " Meteorologi, Klimatologi, dan Geofisika mencatat pusatnya di {1-9},{10-99} lintang selatan dan {95-140},{10-99}"
        " bujur timur, {10-200} kilometer {barat daya|timur laut|tenggara} {Luwuk|Tual|Nias|Mataram}, pada kedalaman {5-300}"
        " kilometer. Getarannya terasa sampai {Bitung|Sigli|Waingapu|Namlea}. Menurut lembaga itu gempa tidak berpotensi"
        " tsunami. Belum ada kabar tentang kerusakan atau korban. Warga diminta tetap tenang, menjauhi bangunan yang retak, dan"
        " hanya percaya pada keterangan resmi lembaga itu."
    ),
    "aircraft near an island": (
        "The island's defence ministry said on {Monday|Tuesday|Wednesday|Thursday|Friday} that it had tracked {4-45} military"
        " aircraft and {4-14} naval vessels around the island in the 24 hours up to 6 a.m. on Nov. {1-30}. Of the aircraft,"
        " {2-30} crossed the median line of the strait and entered the air defence identification zone in the north, centre and"
        " south-west, the ministry said. It also saw {1-5} balloons. It sent up aircraft, put ships to sea and readied missiles"
        " on the coast to watch them. The mainland holds the island for its own and has never ruled out force to take it; the"
        " government of the island says that only its people can decide."
    ),
    "drones shot down": (
        "Pertahanan udara menembak jatuh {20-140} dari {141-290} drone yang diluncurkan pada malam menjelang"
        " {Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu}, kata angkatan udara. Sebanyak {5-60} drone lain hilang dari radar tanpa"
        " akibat. Serangan datang dari empat arah dan dihadapi dengan pesawat, satuan rudal, satuan perang elektronik, dan regu"
        " tembak yang berpindah-pindah. Drone mengenai {2-15} tempat, dan puingnya jatuh di {1-9} tempat lain. Angkatan udara"
        " meminta warga tinggal di tempat berlindung sampai bahaya dinyatakan lewat."
    ),
    "a border crossing": (
        "Sebanyak {110-990} pengungsi menyeberang lewat {tiga|empat|lima} pos perbatasan pada"
        " {Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu}, kata kantor urusan pengungsi, sedangkan {100-900} orang pulang ke arah"
        " sebaliknya. Sejak awal tahun {11-99} ribu orang sudah terdaftar di kamp. Kantor itu membagikan {1000-9000} paket"
        " makanan dan {300-990} tenda, dan meminta bantuan obat-obatan, selimut, dan air bersih untuk anak-anak dan orang tua"
        " yang tiba dalam keadaan lemah setelah berjalan kaki berhari-hari."
    ),
}


def filled(form: str, chance: random.Random) -> str:
    """Fill a form in: `{1-9}` is a number from one to nine, `{a|b}` one of the words."""
    return SLOT.sub(lambda slot: _one_of(slot, chance), form)


def _one_of(slot: re.Match[str], chance: random.Random) -> str:
    least, most, words = slot.groups()
    return chance.choice(words.split("|")) if words else str(chance.randint(int(least), int(most)))
