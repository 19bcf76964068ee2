"""What the line model is not asked about: lines that clearly belong to the story."""

from collections.abc import Sequence

from modellib import PROSE

from cleaner.model import features
from cleaner.model.exemptions import is_exempt


def to_ask(lines: Sequence[str]) -> list[int]:
    return [at for at in features.suspects(lines) if not is_exempt(lines, at)]


def test_a_reference_is_not_asked_about() -> None:
    journal = ["Nature Nanotechnology", "DOI: 10.1038/s41565-026-02243-9", "Podcast"]
    assert to_ask([PROSE, *journal]) == [3]


def test_a_list_of_sources_by_address_is_not_asked_about() -> None:
    sources = ["https://example.org/bridge", "Ferry: https://example.com/ferry?id=2"]
    assert to_ask([PROSE, *sources, "Podcast", sources[0], "Share"]) == [3, 4, 5]


def test_the_mark_between_sections_is_not_asked_about() -> None:
    assert to_ask([PROSE, "* * *", PROSE, "***x", PROSE]) == [3]


def test_a_table_s_cells_are_not_asked_about() -> None:
    cells = ["Rank", "State", "Hourly rate", "1", "Alaska", "$14.55", "2", "$14.61"]
    assert to_ask([PROSE, *cells, PROSE, "Podcast", "12", "13", "14", "Share"]) == [
        *(1, 2, 3, 4),  # beside few figures
        *(10, 11, 12, 13, 14),
    ]
    assert to_ask([PROSE, *cells, "3", "Maine"]) == []  # of a long run of cells
    assert to_ask([PROSE, "1", "Storm hits coast", "2", "3"]) == [1, 2, 3, 4]


def test_a_link_within_a_sentence_is_not_asked_about() -> None:
    sentence = ["The findings were published in the journal", "Nature", "on May 27."]
    assert to_ask([PROSE, *sentence, "Nature", "Podcast"]) == [1, 4, 5]


def test_what_the_line_below_goes_on_with_is_not_asked_about() -> None:
    rest = "reported that a final decision on the site is due by December."
    assert to_ask([PROSE, "World Nuclear News", rest, "Share"]) == [2, 3]
    assert to_ask([PROSE, "Google", "and"]) == [1, 2]
    assert to_ask([PROSE, "See", f"https://{'a' * 60}.example/"]) == [1, 2]


def test_what_parts_sections_and_heads_rows_is_not_asked_about() -> None:
    assert to_ask([PROSE, "* * *", PROSE, "***", "———"]) == [4]
    rows = ["序号 姓名 工作单位", "1 郭阳 国防科技大学", "2 李珠 湖南省林业科学院"]
    assert to_ask([PROSE, *rows]) == []
    assert to_ask([PROSE, "Most read", "1 Storm hits coast", "Share"]) == [1, 2, 3]


def test_lists_that_a_sentence_announces_are_not_asked_about() -> None:
    foods = ["Spinach", "Chard", "Goat Cheese"]
    announces = "Most people can get what they need of it by eating more foods like:"
    assert to_ask([PROSE, announces, *foods]) == [1]
    assert to_ask([PROSE, announces, *foods[:2]]) == [1]
    assert to_ask([PROSE, announces, *foods[:1]]) == [1, 2]  # no list
    assert to_ask([PROSE, "Foods:", *foods]) == [1, 2, 3, 4]  # a heading
    assert to_ask([PROSE, announces, *foods, PROSE, "Share"]) == [1, 6]


def test_facts_in_a_row_are_not_asked_about() -> None:
    film = ["片名：《渡口》", "编剧：贺岩、温亚男", "主演：邓文奎、苏荔", "评分：四星"]
    assert to_ask([PROSE, *film]) == []
    assert to_ask([PROSE, *film[:3]]) == [1, 2, 3]


def test_whom_to_ask_is_not_asked_about() -> None:
    contact = ["联系人：彭树辉", "电话：010-64434970", "地址：安定路33号"]
    assert to_ask([PROSE, *contact, PROSE, "附件：名单"]) == [5]
    assert to_ask([PROSE, "Site: https://a.example/?id=1234567", "Share: 12"]) == [1, 2]


def test_a_part_behind_chinese_prose_is_not_asked_about() -> None:
    prose = "北京的一个研究团队于周三宣布了他们在过去三年里对河口水质进行的全部测量结果"
    assert to_ask([PROSE, prose, "自然", "杂志"]) == [1]
    assert to_ask([PROSE, prose + "。", "自然", "杂志"]) == [1, 2, 3]


def test_lines_amid_labels_are_not_asked_about() -> None:
    facts = ["Rating:", "4.8/5.0", "Price:", "$142", "Weight:", "1 lb. 5 oz."]
    assert to_ask([PROSE, *facts]) == []
    assert to_ask([PROSE, "Related stories:", "Storm hits coast"]) == [1, 2]


def test_what_stands_below_a_list_of_the_story_is_not_asked_about() -> None:
    assert to_ask([PROSE, "Specifications", "Wi-Fi", "Yes"]) == [1]
    assert to_ask([PROSE, "Specifications", PROSE, "Wi-Fi"]) == [1, 3]


def test_quoted_lines_are_not_asked_about() -> None:
    assert to_ask([PROSE, "> Storm hits the coast", "Podcast"]) == [2]


def test_items_of_a_round_up_are_not_asked_about() -> None:
    items = ["+ Meet the man behind", "the world’s best ferries", "+ It leaves at six."]
    assert to_ask([PROSE, *items, "Storm hits coast", "Share", "Podcast"]) == [6]
    assert to_ask([PROSE, "Storm hits coast", "A + B"]) == [1, 2]


def test_underlined_headings_and_rows_of_prices_are_not_asked_about() -> None:
    assert to_ask([PROSE, "Download", "========", PROSE, "Get it", "-----"]) == [4, 5]
    priced = ["- $35 to $60 - Buy on Amazon", "Desk Price: $1078.99 Buy on Amazon"]
    assert to_ask([PROSE, *priced, "Only now for $5 a month"]) == [3]
