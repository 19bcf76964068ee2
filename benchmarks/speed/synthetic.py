"""Articles that need no data: generated prose into which noise of known kinds is sown.

The same in every run and on every machine: sentences are put together from small stocks
of parts by a generator with a fixed seed.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Final, NamedTuple

SEED: Final = 4
CLEAN_SHARE: Final = 0.3  # of the articles, into which nothing is sown
MAX_PARAGRAPHS: Final = 20
COPY_CHARS: Final = 90  # of a lead printed again and cut short


class Language(NamedTuple):
    """A sentence's parts in their order, and noise in which {} is a headline."""

    parts: tuple[tuple[str, ...], ...]
    noise: tuple[str, ...]
    space: str = " "
    stop: str = "."


class Article(NamedTuple):
    """A text, and how many pieces of noise were sown into it."""

    text: str
    sown: int


# fmt: off
ENGLISH: Final = Language(
    (
        ("The mayor", "A spokeswoman", "The committee", "Her brother", "The engineer",
         "An old fisherman", "The council", "One of the teachers", "The company"),
        ("said", "believed", "wrote in a letter", "told the court", "had announced",
         "was certain", "explained to reporters", "found out", "repeated"),
        ("that the harbour", "that the new bridge", "that a third of the orchard",
         "that the railway to the coast", "that the clinic", "that most of the archive",
         "that the dam above the valley", "that the old market hall"),
        ("would be repaired", "had been sold", "was to be measured again",
         "could not be opened", "stood empty", "might cost twice as much",
         "needed another roof", "had to wait for permission"),
        ("before the winter", "within three years", "after the election",
         "because of the flood", "without any help from the state",
         "although nobody had asked for it", "at a price of {} million crowns",
         "on the {} of October", "as it had been in {}"),
    ),
    (
        "Read More:  {}", "Advertisement", "Sign up for our free newsletter!",
        "Share this article on Facebook", "Leave a comment",
        "The image credit for the paragraph is attributed to AFP.",
        "Story continues below advertisement", "Follow us on Twitter",
    ),
)
GERMAN: Final = Language(
    (
        ("Die Bürgermeisterin", "Ein Sprecher", "Der Ausschuss", "Der Architekt",
         "Ihr jüngerer Bruder", "Die Prüferin", "Der Gemeinderat", "Die Behörde"),
        ("erklärte", "schrieb", "wusste früh", "sagte vor Gericht", "hätte gehört",
         "bestätigte am Abend", "erzählte später", "fürchtete"),
        (", dass die Brücke", ", dass der Hafen", ", dass das Gebäude am Fluss",
         ", dass die Straße nach Süden", ", dass ein Drittel der Gärten",
         ", dass die Bücherei", ", dass der Damm über dem Tal"),
        ("vor dem Winter", "in drei Jahren", "nach der Wahl", "trotz des Hochwassers",
         "für {} Millionen Kronen", "bis zum {}. Oktober", "ohne fremde Hilfe"),
        ("geöffnet würde", "verkauft worden sei", "leer stünde", "erneuert werden müsse",
         "überprüft werde", "nicht zu retten wäre", "doppelt so viel kosten könnte"),
    ),
    (
        "Lesen Sie auch: {}", "Anzeige", "Hier geht es zum kostenlosen Newsletter",
        "Mehr zum Thema", "Artikel teilen", "Foto: dpa", "Jetzt Newsletter abonnieren",
    ),
)
RUSSIAN: Final = Language(
    (
        ("Мэр города", "Представитель ведомства", "Комитет", "Старый рыбак",
         "Её младший брат", "Один из учителей", "Инженер", "Городской совет"),
        ("сообщил,", "считал,", "написал в письме,", "рассказал журналистам,",
         "заявил в суде,", "был уверен,", "узнал позже,"),
        ("что новый мост", "что старый порт", "что музей на берегу", "что третий цех",
         "что сад за рекой", "что вокзал", "что архив"),
        ("отремонтируют", "продали", "не откроют", "измерят ещё раз", "закрыли",
         "будет стоить вдвое дороже", "стоит пустым"),
        ("до зимы", "после выборов", "через три года", "без помощи государства",
         "за {} миллионов рублей", "к {} октября", "из-за наводнения"),
    ),
    (
        "Читайте также: {}", "Реклама", "Подписывайтесь на наш канал в Telegram",
        "Фото: РИА Новости", "Поделиться", "Комментарии",
    ),
)
CHINESE: Final = Language(
    (
        ("市长", "发言人", "委员会", "老渔夫", "她的弟弟", "一位老师", "工程师", "市议会"),
        ("在会上表示，", "在信中写道，", "对记者说，", "后来得知，", "向法院说明，", "一直认为，"),
        ("新桥", "旧港口", "河边的博物馆", "山谷上方的水坝", "通往海岸的铁路", "城北的果园"),
        ("在冬天之前", "三年之内", "在选举之后", "因为洪水", "在{}月", "花费{}万元之后"),
        ("将会修好", "已经出售", "无法开放", "需要重新测量", "仍然空着", "必须等待许可"),
    ),
    ("延伸阅读：{}", "广告", "点击订阅我们的电子报", "分享到微信", "发表评论"),
    space="",
    stop="。",
)
# fmt: on

ASCII: Final = (ENGLISH,)
OTHERS: Final = (GERMAN, RUSSIAN, CHINESE)
ALL: Final = (ENGLISH, GERMAN, ENGLISH, RUSSIAN, ENGLISH, CHINESE)


def articles(
    languages: Sequence[Language], seed: int = SEED, clean: float = CLEAN_SHARE
) -> Iterator[Article]:
    """Articles without end, in these languages by turns."""
    chance = random.Random(seed)  # noqa: S311
    for language in cycle(languages):
        lines = _paragraphs(chance, language)
        noise = [] if chance.random() < clean else _noise(chance, language, lines)
        for line in noise:
            lines.insert(chance.randint(1, len(lines)), line)
        yield Article("\n\n".join(lines), len(noise))


def corpus(
    languages: Sequence[Language], size: float, clean: float = CLEAN_SHARE
) -> list[Article]:
    """So many megabytes (in UTF-8) of articles."""
    made: list[Article] = []
    left = size * 1e6
    for article in articles(languages, clean=clean):
        if left <= 0:
            break
        made.append(article)
        left -= len(article.text.encode())
    return made


def sentence(chance: random.Random, language: Language) -> str:
    """A sentence without the mark at its end."""
    parts = [chance.choice(part) for part in language.parts]
    text = language.space.join(parts).replace(" ,", ",")
    return text.replace("{}", str(chance.randint(2, 31)))


def _paragraphs(chance: random.Random, language: Language) -> list[str]:
    """From 3 to 20 of them, rather few; no sentence stands twice."""
    count = 3 + min(int(chance.expovariate(0.2)), MAX_PARAGRAPHS - 3)
    sizes = [chance.randint(2, 5) for _ in range(count)]
    pool: dict[str, None] = {}
    while len(pool) < sum(sizes):
        pool[sentence(chance, language) + language.stop] = None
    told = iter(pool)
    return [language.space.join(next(told) for _ in range(size)) for size in sizes]


def _noise(chance: random.Random, language: Language, lines: list[str]) -> list[str]:
    """One to four pieces of noise; every fourth is the lead again, cut short."""
    found = []
    for noise in chance.sample(language.noise, chance.randint(1, 4)):
        headline = sentence(chance, language)
        found.append(noise.replace("{}", headline))
    if chance.random() < 1 / 4 and len(lines[0]) > COPY_CHARS:
        found.append(f"{lines[0][:COPY_CHARS].rstrip()}...")
    return found
