"""Turkish."""

PHRASES = {
    "banner_opening": ("size daha iyi hizmet sunabilmek için sitemizde çerezler",),
    "widget_line": (
        "beni sonraki yorumlar için e-posta ile bilgilendir",
        "beni yeni yazılarda e-posta ile bilgilendir",
        "bu yazı parola korumalı. yorumları görmek için parolayı girin",
        "facebook'ta paylaşmak için tıklayın (yeni pencerede açılır)",
        "kaydol: kayıt yorumları (atom",
        "twitter üzerinde paylaşmak için tıklayın (yeni pencerede açılır)",
        "yorumunuz denetim için bekliyor",
        "üzgünüz, bu öğe için yorum yapma kapatılmış",
        "üzgünüz, yorum yapmak için giriş yapmalısınız",
    ),
    "widget_opening": (
        "bu e-posta adresi istenmeyen posta engelleyicileri tarafından",
        "bu site istenmeyenleri azaltmak için akismet kullanır. yorum",
        "daha sonraki yorumlarımda kullanılması için adım",
        "tekrar edilen yorum bulundu; görünen o ki bu yorumu daha önceden",
    ),
}
