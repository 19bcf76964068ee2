"""Indonesian."""

PHRASES = {
    "widget_line": (
        "anda harus masuk log untuk mengirim sebuah komentar",
        "beritahu saya akan tindak lanjut komentar melalui surel",
        "beritahu saya akan tulisan baru melalui surel",
        "komentar anda sedang menunggu moderasi",
        "maaf, anda harus masuk log untuk mengirim komentar",
        "maaf, komentar ditutup untuk item ini",
        "pelajari bagaimana data komentar anda diproses",
        "situs ini menggunakan akismet untuk mengurangi spam",
    ),
    "widget_opening": (
        "alamat email ini dilindungi dari robot spam. anda memerlukan",
        "konten ini diproteksi dengan kata sandi. untuk melihatnya cukup",
        "tulisan ini dilindungi kata sandi. masukkan kata sandi untuk",
    ),
}
