"""Calls to action: subscribe, follow, donate, buy, tell us your story."""

from typing import Final

from cleaner.patterns import Rule
from cleaner.patterns.slots import CAPITALS_END

_REST: Final = r"(?:" + CAPITALS_END + r"|{within}{0,200}{sentence_end})"
_START: Final = r"{within}{0,160}"
# Not "Sign up for the food bank's newsletter: it says each week what they lack."
_NO_REASON: Final = r"(?!{within}{0,200}[:;][ ]{small_word})"
# In capitals, and no part of another name in capitals.
_MAGAZINE: Final = (
    r"(?-i:(?=\p{Lu}{2})(?<!\p{Lu}[ ])){own_magazine}(?![ ](?-i:\p{Lu}{2}))"
)

RULES: Final = (
    # "Sign up for our free newsletter!", "Get the latest … delivered to your inbox."
    Rule(
        "subscribe",
        "sentence",
        _NO_REASON + r"[\[(]?{subscribe}\b{within}{0,120}\b{subscribed_to}\b" + _REST,
    ),
    # "Join the SciTechDaily newsletter.", "You can subscribe to my newsletter here."
    Rule(
        "newsletter",
        "sentence",
        _NO_REASON + r"[\[(]?{join}\b{within}{0,120}\b{newsletter}\b" + _REST,
    ),
    # "This article is from The Spark, our weekly climate newsletter."
    Rule(
        "newsletter",
        "sentence",
        r"(?:{this_article}{_}{is_from}\b|{is_from}\b(?={within}{0,120}\b{our_own}\b))"
        r"{within}{1,120}\b{newsletter}\b" + _REST,
    ),
    # "Don't forget to check back with us for all the latest news on the family!"
    Rule(
        "check_back",
        "sentence",
        r"(?:(?!{within}{0,60}\b{speech_verb}\b){within}{0,60}[ ,])?{check_back}\b"
        r"{within}{0,120}\b{for_updates}\b" + _REST,
    ),
    # not a row of prices: "QuickStand Price: $1078.99 Where to buy: Buy on Amazon"
    Rule(
        "buy_from",
        "line",
        r"(?:(?![$£€]\d){within}){0,120}\b{buy_from}\b{within}{0,120}[.!:»]?",
        200,
    ),
    Rule(
        "click_here",
        "sentence",
        r"(?:\w{1,10}\s)?{click_here}\b[^.!?]{0,60}\b{subscribe}\b" + _REST,
    ),
    Rule("inbox", "sentence", _START + r"(?<!\b{arrives?}[ ]){inbox}" + _REST),
    # "Never miss a breakthrough:", "Never miss a story", but not "Don't miss a dose"
    Rule(
        "never_miss",
        "line",
        r"{never_miss}{_}(?:[\p{L}'’ -]{3,30}[:!]{1,2}"
        r"|(?:[\p{L}'’-]{1,12}[ ]){0,3}{missed}[:!]{0,2})",
        60,
    ),
    # Add us as a preferred source on Google
    Rule(
        "preferred_source",
        "line",
        r"[^.!?]{0,90}{preferred_source}\b[^.!?]{0,60}[.!]?",
        150,
    ),
    # Not "Nossa newsletter nasceu numa cozinha em 2016."
    Rule(
        "newsletter_box",
        "line",
        r"(?!{own_channel?}{_}[^.!?:\n]{12,180}\.){newsletter_box}.{0,400}",
        500,
    ),
    # "Follow us on Twitter and Facebook.", "Like us on Facebook", "Follow @handle"
    Rule(
        "follow_us",
        "sentence",
        r"(?:\w{1,10}\s)?{follow_us}[^.!?]{0,12}\b{channel}\b" + _REST,
    ),
    Rule(
        "follow_them",
        "sentence",
        r"{follow_them}[^.!?]{0,12}\b{channel}\b" + _REST,
    ),
    Rule(
        "follow_us",
        "line",
        r"{follow_us}[^.!?]{0,80}(?:{handle}|{url})[^!?]{0,80}",
        200,
    ),
    # Not "Like Ann Lee on Twitter, the mayor likes capitals."
    Rule(
        "on_network",
        "sentence",
        r"{follow}{_}(?:{handle}|{name}(?:,?(?:{_}{name_join})?\s(?-i:\p{Lu})\w{1,20}){0,6}?)"
        r"{_}{on_network}\b(?!,[ ](?-i:\p{Ll})|{within}{0,100}{_}{and_you?}\b"
        r"|{_}{name_join?}{_}(?!{on_network}|{within}{0,80}\b(?:{newsletter?}|{link_place?}))"
        r"(?-i:\p{Ll}))" + _REST,
    ),
    # "… is also on Whatsapp. Simply click here to subscribe to the channel"
    Rule(
        "also_on_channel",
        "line",
        r".{1,80}{also_on_channel}{_}{channel}\b.{0,60}{click_here}\b.{0,160}",
    ),
    Rule("update_stub", "sentence", r"{update_stub}[.!…]{0,3}"),
    Rule("app_call", "sentence", r"(?:{click_here}[^.!?]{0,30})?{app_call}\b" + _REST),
    # Not "Please make a donation to the hospice instead of sending flowers."
    Rule(
        "support_us",
        "line",
        r"(?!.{0,240}\b{mourning?}\b)"
        r"(?>\W{0,3}[\w'’,]{1,14}\s){0,12}?{support_us}\b.{0,200}",
        260,
    ),
    # a remark first: "Times are hard. If you enjoy our articles please consider a …"
    Rule(
        "support_us",
        "line",
        r"[^.!?\n]{10,120}[.!]{_}{if_you_like}"
        r"[^.!?\n]{1,80}{support_us}\b.{0,240}",
        420,
    ),
    # who it is said to stands before it, not who did it: "Police have information"; nor
    # are they asked for: "Do you know more? Call the incident room on 01274 555 010"
    Rule(
        "story_tip",
        "line",
        r"(?!.{0,280}\b{authority?}\b)"
        r"(?:{tip_lead}{_}){0,3}?{story_tip}\b(?!.{0,280}{deadline})"
        r"(?!{_}{on_topic?}{_}(?!.{0,200}(?:@|\b{house_voice?}\b))).{0,280}",
        320,
    ),
    # "For more on …, pick up the latest issue of …, on newsstands now!"
    Rule(
        "newsstand",
        "sentence",
        r"[^.!?]{0,120}{newsstand}\b[^.!?]{0,80}{newsstand}"
        r"(?=[ ]?(?:[.!]|\Z|(?-i:\p{Lu})))" + _REST,
    ),
    # "To find out more about …, pick up the latest issue of The Harbour Post."
    Rule(
        "newsstand_call",
        "sentence",
        r"(?:[^.!?]{3,200},[ ])?{newsstand_call}\b" + _REST,
    ),
    # German: a magazine's issues, and what readers shall do about them
    Rule(
        "own_magazine",
        "line",
        r"(?=[^\n]{0,500}{magazine_cue})[^\n]{0,120}" + _MAGAZINE + r"[^\n]{0,480}",
        600,
        from_line=3,
    ),
    Rule("report_sample", "line", r".{0,160}{report_sample}.{0,80}{url}.{0,40}", 400),
    # a bookshop's box: title, author, "Best Price: $12 Buy New $9 (as of 04:05 EDT …)"
    Rule(
        "shop_price",
        "line",
        r"(?:[^\n]{3,26}\.\.\.[ ])?[^\n?!:]{2,70}(?::[ ]\$[\d.,]{1,9}[ ])?"
        r"{shop_price}[ ]\$[^\n]{4,60}\)",
        200,
    ),
    # the same within a paragraph: a title of its own, cut short, or a few words
    Rule(
        "shop_price",
        "inline",
        r"(?:\A|(?<=[.!?:…][\"”’»]?[ ]))(?-i:(?=[\p{Lu}\d]))(?:[^\n]{3,26}[.]{3}[ ])?"
        r"(?:[^.!?:\n]|(?<=\b\p{L}{1,2})[.]|[.]{3}){2,60}?(?::[ ]\$[\d.,]{1,9}[ ])"
        r"{shop_price}[ ]\$[\d.,]{1,9}[ ]\([^()\n]{4,40}\)",
    ),
    # what a newsletter ends in, on its one line: "New From Our Reporters Exclusive …"
    Rule(
        "newsletter_end",
        "tail",
        r"(?:-{2,4}[ ])?{newsletter_end},?{_}(?-i:[\p{Lu}\d])[^\n]{20,4000}",
    ),
    # such a box without a price: its title is cut after 22 signs, or follows a stop
    Rule(
        "price_check",
        "inline",
        r"(?:\A|(?<=[.!?:…][\"”’»]?[ ])|(?<=[ ])(?=[^\n]{22}[.]{3}[ ]))"
        r"(?-i:(?=[\p{Lu}\d]))(?:[^\n]{3,26}[.]{3}[ ])?"
        r"[^.!?:\n]{2,60}[ ]{price_check}[.]?",
    ),
    Rule("form_failure", "inline", r"{form_failure}"),
    # headlines that advertising networks put between paragraphs
    Rule(
        "advert_headline",
        "line",
        r"[^.\n]{0,140}{advert_headline}(?!\w)[^.,\n]{0,90}(?<![.,;])",
        200,
        from_line=1,
    ),
    Rule(
        "use_code",
        "sentence",
        r"(?={within}{0,300}\b{code_gain}\b)"
        + _START
        + r"{use_code}\s(?-i:[A-Z0-9]{4,15})\b"
        + _REST,
    ),
    Rule(
        "promo_code",
        "sentence",
        _START + r"{promo_code}\s(?-i:[A-Z0-9]{4,15})\b" + _REST,
    ),
)
