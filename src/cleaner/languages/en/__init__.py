"""English: a module for each family of slots, and all of them as one table."""

from cleaner.languages.en import (
    advertising,
    bios,
    bylines,
    consent,
    forms,
    interaction,
    links,
    navigation,
    notices,
    pictures,
    placeholders,
    pointers,
    promotions,
    sharing,
    subscriptions,
    tips,
    words,
)

PHRASES = dict(
    sorted(
        {
            **advertising.PHRASES,
            **bios.PHRASES,
            **bylines.PHRASES,
            **consent.PHRASES,
            **forms.PHRASES,
            **interaction.PHRASES,
            **links.PHRASES,
            **navigation.PHRASES,
            **notices.PHRASES,
            **pictures.PHRASES,
            **placeholders.PHRASES,
            **pointers.PHRASES,
            **promotions.PHRASES,
            **sharing.PHRASES,
            **subscriptions.PHRASES,
            **tips.PHRASES,
            **words.PHRASES,
        }.items()
    )
)
