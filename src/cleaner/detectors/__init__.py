"""The one table of detectors.

A detector is a row: a name, the label it gives, the function that finds, a summary.
Lists, checks, documentation and tests derive from the table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.detectors import (
    advertising,
    around,
    author_boxes,
    authors,
    bios,
    byline_cues,
    bylines,
    calls,
    captions,
    comments,
    credits,
    duplicates,
    ending,
    foreign,
    frame,
    furniture,
    houses,
    interaction,
    islands,
    links,
    listed,
    navigation,
    notices,
    offices,
    photographers,
    placeholders,
    portraits,
    promotions,
    runs,
    software,
    stubs,
    teasers,
)
from cleaner.detectors.continuations import with_rest
from cleaner.document import (
    CLOSING,
    DOUBLED,
    FIGURE_END,
    LONE_OPEN,
    MANY_OPEN,
    NAME_LIKE,
    SHORT_LINE,
    SHORT_LINE_CHARS,
    SHORT_START,
    TAIL,
    Document,
)
from cleaner.edits import Finding
from cleaner.gaps import Gap
from cleaner.patterns import ANY_CHARS, ANY_LINES, Find, Rule, find_by
from cleaner.patterns.signatures import ARROW, BRACKET_END, HANDLE, SLASHED
from cleaner.repair.encoding import BROKEN, ENTITY, find_broken_encoding
from cleaner.repair.fused import SLOTS as FUSED
from cleaner.repair.fused import find_fused

PHRASE: Final = "phrase"  # a need that the gate sees to

FindByGaps = Callable[[Document, Sequence[Gap]], Iterable[Finding]]


class Detector(NamedTuple):
    """A row of the table.

    `score` is an estimate of the share of its edits that are right, one of few values:
    rows with few firings have that of their family.
    """

    name: str
    label: str
    find: Find
    summary: str
    score: float
    phrases: frozenset[str] = frozenset()  # slots that no rule of it names
    rules: tuple[Rule, ...] = ()
    need: str = ""  # what a document must have, of SIGNS or NEEDS, before it is asked
    max_chars: int = ANY_CHARS  # longer lines do not count for one without rules
    find_by_gaps: FindByGaps | None = None  # by lines that are gone: asked last
    asked_rules: tuple[Rule, ...] = ()  # those that `find` asks among other things
    looks_around: bool = False  # whether lines beside one decide what its rules say

    @property
    def slots(self) -> frozenset[str]:
        """The phrases that the gate finds for it."""
        rules = (*self.rules, *self.asked_rules)
        return self.phrases.union(rule.slot for rule in rules)

    @property
    def waits(self) -> bool:
        """Whether it is asked only where a phrase of its slots may stand."""
        return bool(self.rules) or self.need == PHRASE

    @property
    def is_by_line(self) -> bool:
        """Whether what it finds in a line stays when lines around or before it go."""
        if not self.rules or self.looks_around:
            return False
        return all(rule.last_lines == ANY_LINES for rule in self.rules)

    def longest(self, slot: str) -> int:
        """The longest line in which a phrase of the slot counts."""
        sizes = (rule.longest for rule in self.rules if rule.slot == slot)
        return max(sizes, default=self.max_chars)


def _cues(
    name: str, label: str, rules: Iterable[Rule], summary: str, score: float
) -> Detector:
    """A row that is rules only, and what goes on with the lines that they match."""
    rules = tuple(rules)
    find = with_rest(find_by(rules))
    return Detector(name, label, find, summary, score, rules=rules)


# What a document must have for some detectors to find anything: a sign that is known
# since it was cut into lines, or what a quick look tells.
SIGNS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "tail": TAIL,
        "closing": CLOSING,
        "short lines": SHORT_LINE,
        "many open lines": MANY_OPEN,
        "doubled line": DOUBLED,
        "figure at an end": FIGURE_END,
        "like a name": NAME_LIKE,
        "lone open line": LONE_OPEN,
        "short start": SHORT_START,
    }
)
NEEDS: Final[Mapping[str, Callable[[Document], bool]]] = MappingProxyType(
    {"copies": duplicates.has_copies, "stub": stubs.has_stubs}
)

# fmt: off
_ROWS: Final = (
    Detector("poll", "interaction", interaction.find_polls,
        "a poll's question and answers, and its question above them", 0.97, frozenset({interaction.POLL}), need=PHRASE),
    Detector("doubled_headline", "duplicate", duplicates.find_copies(duplicates.HEADLINE),
        "the headline printed again", 0.98, need="copies"),
    Detector("doubled_opening", "duplicate", duplicates.find_doubled_openings,
        "the headline twice at the start of one line", 0.97),
    Detector("prefixed_headline", "duplicate", duplicates.find_prefixed_headlines,
        "the headline once more, with a date before it or without its speaker", 0.95),
    Detector("repeat", "duplicate", duplicates.find_copies(duplicates.REPEAT),
        "a block, a paragraph or an adjacent line printed again", 0.98, need="copies"),
    Detector("truncated_copy", "duplicate", duplicates.find_copies(duplicates.TRUNCATED),
        "a copy cut short of text that stands in full elsewhere", 0.98, need="copies"),
    Detector("copied_opening", "duplicate", duplicates.find_copies(duplicates.OPENING),
        "a line that opens a longer paragraph word for word", 0.95, need="copies"),
    Detector("pull_quote", "duplicate", duplicates.find_pull_quotes,
        "a line that stands word for word inside a paragraph", 0.92),
    Detector("lifted_quote", "duplicate", duplicates.find_lifted_quotes,
        "the story's own words in quotation marks before its first sentence", 0.95),
    Detector("attributed_quote", "duplicate", duplicates.find_attributed_quotes,
        "a pull quote and who said it, below", 0.95, find_by_gaps=duplicates.find_speakers),
    Detector("nested_quote", "duplicate", duplicates.find_nested_quotes,
        "a pull quote in single and double marks that a paragraph holds", 0.95, frozenset({duplicates.NESTED}), need=PHRASE),
    Detector("overlap", "duplicate", duplicates.find_overlaps,
        "the end of a line once more at the start of the next, in mid-sentence", 0.98),
    Detector("quoted_post", "duplicate", duplicates.find_quoted_posts,
        "an embedded post that the story has just quoted", 0.9, frozenset({HANDLE}), need=PHRASE),
    _cues("promotion_cue", "promotion", promotions.RULES,
        "a call to subscribe, follow, donate, buy, send in a story", 0.98),
    Detector("promotion_stub", "promotion", with_rest(stubs.find_stubs("promo_stub")),
        "a line that is only such a call: Subscribe now, Sponsored", 0.98, need="stub"),
    Detector("interaction_cue", "interaction", interaction.find_prompts,
        "comment and share prompts, counts, polls, forms, log-in", 0.98, rules=interaction.RULES),
    Detector("interaction_stub", "interaction", stubs.find_stubs("comment_stub", "share_stub"),
        "a line that is only a button: Share, Leave a Comment", 0.98, need="stub"),
    Detector("log_in_stub", "interaction", with_rest(stubs.find_stubs("log_in_stub")),
        "a line that is only a way in: Log in, Register", 0.98, need="stub"),
    _cues("button_run", "interaction", interaction.BUTTONS,
        "the names of networks and buttons in a row", 0.97),
    _cues("advert_break", "advertisement", advertising.RULES,
        "Story continues below advertisement, also within a line", 0.98),
    Detector("advert_stub", "advertisement", stubs.find_stubs("ad_stub"),
        "a line that says where an advert stood", 0.98, need="stub"),
    _cues("related_cue", "related_link", links.RULES,
        "a pointer to another story that says so: Read more, See also", 0.98),
    _cues("closing_link", "related_link", links.CLOSING,
        "a last line that links to the author's other texts", 0.95),
    Detector("colon_cue", "related_link", with_rest(links.find_colon_cues),
        "a cue with a colon that may also open a post: Watch, Video, More", 0.95, rules=links.COLON_CUES, looks_around=True),
    _cues("click_here", "related_link", links.CLICKS,
        "Click here to see ...", 0.96),
    Detector("related_stub", "related_link", stubs.find_stubs("link_stub"),
        "a line that is only such a cue: Read more, Related", 0.98, need="stub"),
    Detector("credited_headline", "related_link", around.find_credited,
        "another story's headline behind the credit of its picture", 0.95, frozenset({around.COPYRIGHT_SIGN}), need=PHRASE),
    Detector("listed_headlines", "related_link", listed.find_listed,
        "You may also like, Most read, and the headlines below", 0.98, need="stub"),
    Detector("announced_headlines", "related_link", listed.find_announced,
        "More from Energy, and the headlines below, also amid the story", 0.98, need=PHRASE, asked_rules=(links.MORE_ON_RULE, links.CITES_MORE_RULE)),
    Detector("linked_headline", "related_link", listed.find_linked,
        "a headline over a lone Read more", 0.98, need="stub"),
    Detector("credit_line", "credit", credits.find_credit_lines,
        "a line that names who took or owns a picture", 0.97, need=PHRASE, asked_rules=credits.LINES),
    Detector("split_credit", "credit", credits.find_split_credits,
        "a credit's label and its owner on lines of their own", 0.97, need="stub"),
    _cues("credit_sentence", "credit", credits.SENTENCES,
        "a credit reworded as a sentence", 0.97),
    Detector("credit_inline", "credit", credits.find_inline_credits,
        "a credit inside a paragraph", 0.97, need=PHRASE, asked_rules=credits.INLINE),
    Detector("house_credit", "credit", photographers.find_photographers,
        "a photographer's name, a slash and the house", 0.97, frozenset({SLASHED}), need=PHRASE),
    _cues("copyright", "notice", notices.COPYRIGHT,
        "copyright lines and what they forbid", 0.98),
    _cues("syndication", "notice", notices.SYNDICATION,
        "where a text was first published, by whose leave", 0.97),
    _cues("disclaimer", "notice", notices.DISCLAIMERS,
        "disclaimers, affiliate links, developing stories", 0.95),
    _cues("consent", "notice", notices.CONSENT,
        "cookies, privacy, terms of use", 0.95),
    Detector("legal_link", "notice", with_rest(notices.find_legal_links),
        "links to terms, policies and settings, one by one or in a row", 0.95, need=PHRASE, asked_rules=notices.LEGAL_LINKS),
    _cues("embed", "placeholder", placeholders.EMBEDS,
        "links and notes that an embedded post leaves", 0.98),
    Detector("player", "placeholder", placeholders.find_players,
        "messages and buttons of a media player", 0.95, rules=placeholders.PLAYERS, looks_around=True),
    _cues("ticker", "placeholder", placeholders.TICKERS,
        "a stock ticker inside a sentence", 0.97),
    Detector("markup", "placeholder", placeholders.find_markup,
        "templates, shortcodes, comments, scripts", 0.97, need=PHRASE, asked_rules=placeholders.MARKUP),
    Detector("closing_headlines", "related_link", ending.find_closing_headlines,
        "a list of other stories after the end of this one", 0.98, need="closing"),
    Detector("closing_links", "related_link", around.find_closing_links,
        "headlines above the last line, which is the first one once more", 0.98, need="many open lines"),
    Detector("top_links", "related_link", around.find_top_links,
        "headlines of other stories in one line above the story, or set in below its lead", 0.97),
    Detector("teasers", "related_link", teasers.find_teasers,
        "teasers of other stories between the story and the page's last call", 0.98, frozenset({teasers.FOOTER, teasers.OPENING, teasers.CLOSING}), need=PHRASE, max_chars=teasers.MAX_CUE_CHARS),
    Detector("framed_advert", "promotion", teasers.find_framed_adverts,
        "an advert from the line that invites readers to the one that takes their order", 0.97, frozenset({teasers.ADVERT_OPENING, teasers.ADVERT_CLOSING}), need=PHRASE, max_chars=teasers.MAX_ADVERT_CHARS),
    Detector("pointer", "related_link", teasers.find_pointers,
        "a pointer to a story over the name of who wrote it", 0.95, frozenset({teasers.POINTER}), need=PHRASE, max_chars=teasers.MAX_POINTER_CHARS),
    Detector("closing_tags", "navigation", ending.find_closing_tags,
        "tags and names of sections after the end of the story", 0.98, need="closing", find_by_gaps=ending.find_tags_by_gaps),
    Detector("headed_tags", "navigation", ending.find_headed_tags,
        "tags under a heading such as Tags, Topics", 0.95, need="closing"),
    Detector("kicker_run", "related_link", runs.find_kicker_runs,
        "headlines that alternate with one and the same kicker", 0.98, need="many open lines"),
    Detector("office_title", "navigation", offices.find_titles,
        "titles of office left after the end, whose names went", 0.97, frozenset({offices.OFFICE}), need="tail", max_chars=offices.MAX_CHARS),
    Detector("opening_menu", "navigation", runs.find_opening_menus,
        "a menu at the very start, up to the headline", 0.95, need="short start"),
    Detector("foreign_headline", "related_link", foreign.find_foreign_headlines,
        "a headline between paragraphs that shares nothing with the story", 0.92, need="lone open line"),
    Detector("timed_headline", "related_link", foreign.find_timed_headlines,
        "a video's headline amid the story, with its length", 0.95, need="lone open line"),
    Detector("foreign_closing_line", "boilerplate", foreign.find_foreign_closing_lines,
        "an unfinished line after the end that shares nothing with the story", 0.92, need="closing"),
    Detector("island", "boilerplate", islands.find_none,
        "a short line left standing among lines of the page that are gone", 0.95, need=PHRASE, find_by_gaps=islands.find_islands),
    Detector("bracketed_headline", "related_link", foreign.find_bracketed_headlines,
        "a headline in brackets, on its own or after a paragraph", 0.97, frozenset({BRACKET_END}), need=PHRASE),
    Detector("author_box", "bio", author_boxes.find_author_boxes,
        "a box about the author under a heading or a name, also in shreds", 0.97, need="short lines"),
    Detector("signed_box", "bio", author_boxes.find_signed_boxes,
        "a box about the author from a name to a link to more by it", 0.98, frozenset({author_boxes.MORE_BY}), need=PHRASE, max_chars=author_boxes.MORE_BY_CHARS),
    Detector("contact_block", "bio", furniture.find_contacts,
        "addresses and telephone numbers after the end of the story", 0.95, need="closing"),
    Detector("headed_contacts", "bio", furniture.find_headed_contacts,
        "names and numbers under Pressekontakt, after the middle", 0.95, need="stub"),
    Detector("closing_address", "related_link", furniture.find_closing_addresses,
        "the address of a page after the end, with the line before it", 0.93, need="tail"),
    Detector("source_list", "credit", furniture.find_sources,
        "a numbered list of where pictures and videos come from", 0.97, need="many open lines"),
    Detector("closing_question", "interaction", interaction.find_closing_questions,
        "a last line that asks readers what they think", 0.95, need=PHRASE, asked_rules=interaction.QUESTIONS),
    Detector("reader_comments", "interaction", comments.find_comments,
        "readers' comments below the story", 0.98, need=PHRASE, asked_rules=comments.RULES),
    Detector("button_lines", "interaction", furniture.find_button_lines,
        "names of networks and buttons on lines of their own", 0.97, need="many open lines"),
    Detector("video_title", "placeholder", furniture.find_video_titles,
        "a video's title again with its length, the clock of a player", 0.97, need="figure at an end"),
    Detector("embed_address", "placeholder", furniture.find_embed_addresses,
        "the address of a video or post alone on its line", 0.95, frozenset({furniture.EMBED_ADDRESS}), need=PHRASE),
    Detector("doubled_line", "duplicate", furniture.find_doubled_lines,
        "a line that says the same twice, as captions come out", 0.95, need="doubled line"),
    Detector("image_file", "placeholder", furniture.find_image_files,
        "the name of an image's file", 0.97, need="like a name"),
    _cues("contact_line", "bio", bios.CONTACTS,
        "how to reach who wrote or issued the text", 0.95),
    Detector("author_line", "bio", authors.find_authors,
        "a line near the end that says who the author is", 0.95, frozenset({authors.TRAIT}), need=PHRASE, asked_rules=authors.AUTHOR_LINES),
    Detector("company_account", "bio", bios.find_companies,
        "what a company says about itself after its press release", 0.97, frozenset({bios.ABOUT}), need=PHRASE, max_chars=bios.MAX_HEADING_CHARS),
    _cues("link_call", "related_link", calls.LINKS,
        "a sentence or insert that sends the reader to another page", 0.97),
    _cues("promo_call", "promotion", calls.PROMOTIONS,
        "a sentence or insert that offers newsletters, channels, subscriptions", 0.97),
    _cues("advert_paragraph", "promotion", calls.ADVERTS,
        "a paragraph that ends in where to order", 0.95),
    _cues("reader_prompt", "interaction", calls.PROMPTS,
        "a sentence that asks readers to write, share, discuss", 0.97),
    _cues("house_text", "notice", calls.NOTICES,
        "a line of legal or house text", 0.97),
    Detector("house_notice", "notice", houses.find_house_lines("house_line", "house_opening"),
        "fixed words of a site: terms, notes, what heads a list", 0.97, frozenset({"house_line", "house_opening"}), need=PHRASE),
    Detector("house_promo", "promotion", houses.find_house_lines("promo_line", "promo_opening"),
        "fixed words of a site: newsletters, offers, appeals", 0.97, frozenset({"promo_line", "promo_opening"}), need=PHRASE),
    Detector("house_form", "interaction", houses.find_house_lines("form_line", "form_opening"),
        "fixed words of a site: comments, accounts, forms", 0.97, frozenset({"form_line", "form_opening"}), need=PHRASE),
    Detector("cookie_banner", "notice", software.find_printed("banner_line", "banner_opening"),
        "standard words of cookie banners and consent forms", 0.97, frozenset({"banner_line", "banner_opening"}), need=PHRASE),
    Detector("standard_form", "interaction", software.find_printed("widget_line", "widget_opening"),
        "standard words of comment forms, shops and forums", 0.97, frozenset({"widget_line", "widget_opening"}), need=PHRASE),
    _cues("link_mark", "placeholder", placeholders.MARKS,
        "what a page's machine puts behind links, BBCode", 0.97),
    Detector("tags", "navigation", with_rest(navigation.find_tags),
        "tags and categories that say so", 0.97, rules=navigation.TAGS, looks_around=True),
    _cues("jump", "navigation", navigation.JUMPS,
        "links to other parts, pages of an article, gallery controls", 0.97),
    _cues("breadcrumbs", "navigation", navigation.BREADCRUMBS,
        "the path from the home page", 0.97),
    Detector("contents", "navigation", navigation.find_contents,
        "a table of contents: its heading, and entries that head the parts below", 0.95, frozenset({navigation.CONTENTS}), max_chars=SHORT_LINE_CHARS, need=PHRASE),
    Detector("archives", "navigation", navigation.find_archives,
        "months in a row after the story, as archives list them", 0.97, need="tail"),
    Detector("hashtags", "navigation", navigation.find_hashtags,
        "a line of hashtags after the end of the story", 0.97, need="closing"),
    Detector("arrow_link", "related_link", listed.find_arrows,
        "a line that ends in an arrow", 0.95, frozenset({ARROW}), need=PHRASE),
    Detector("byline", "byline", bylines.find_bylines,
        "author, agency, date or time standing alone", 0.95, asked_rules=byline_cues.BYLINES),
    Detector("headline", "headline", frame.find_headline,
        "the article's own title above the story", 0.95, asked_rules=frame.ASKED),
    Detector("standfirst", "standfirst", frame.find_standfirst,
        "the article's summary between headline and story", 0.9, asked_rules=frame.ASKED),
    Detector("caption", "caption", captions.find_captions,
        "a description of a picture that names its source or says so", 0.9, find_by_gaps=captions.find_credited, asked_rules=captions.CAPTIONS),
    Detector("portrait", "caption", portraits.find_portraits,
        "a person's name and office under the paragraph that names them", 0.93, need="lone open line"),
    Detector("broken_encoding", "encoding", find_broken_encoding,
        "characters decoded with the wrong encoding, HTML entities", 0.98, frozenset({BROKEN, ENTITY}), need=PHRASE),
    Detector("fused_words", "fused", find_fused,
        "two words or sentences that ran together", 0.98, FUSED, need=PHRASE),
)
# fmt: on

DETECTORS: Final = MappingProxyType({row.name: row for row in _ROWS})
