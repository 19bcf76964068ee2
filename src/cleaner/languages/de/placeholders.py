"""What players, embeds and other machines leave behind."""

PHRASES = {
    "embed_note_at": ("ein von",),
}
