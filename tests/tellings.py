"""One event as the navy, as fishermen and as an article tells it that has heard both: stories that begin apart and are one."""

SHIP = (
    "Kapal penjaga pantai asing masuk ZEE Natuna",
    (
        "Sebuah kapal penjaga pantai asing memasuki zona ekonomi eksklusif di Laut Natuna Utara. Bakamla mengerahkan KN"
        " Tanjung Datu untuk membayangi kapal itu selama empat belas jam. Kapal tersebut tidak menjawab panggilan radio."
    ),
)
FISHERS = (
    "Nelayan Ranai saksikan kapal besar dihalau",
    (
        "Nelayan dari Ranai mengaku menyaksikan kapal besar dihalau ketika memasang jaring. Pengeras suara meminta kapal itu"
        " pergi. Hasil tangkapan hari itu tetap dibawa pulang ke pelabuhan, kata Darmin, ketua kelompok nelayan."
    ),
)
BOTH = (
    "Nelayan Ranai saksikan kapal penjaga pantai asing dihalau di Laut Natuna Utara",
    (
        "Kapal penjaga pantai asing yang memasuki zona ekonomi eksklusif di Laut Natuna Utara dihalau KN Tanjung Datu milik"
        " Bakamla. Nelayan dari Ranai menyaksikan kapal besar itu dihalau ketika memasang jaring. Pengeras suara meminta kapal"
        " itu pergi, kata Darmin, ketua kelompok nelayan. Kapal itu dibayangi selama empat belas jam."
    ),
)
