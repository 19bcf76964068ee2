"use strict";
// Everything scraped reaches the page as text nodes only: nothing in it can run.
(() => {
  const ROW_HEIGHT = 58;
  const LONG_DOCUMENT = 2000; // lines, of which the browser skips those out of sight
  const AROUND = 8; // rows drawn beyond what is seen
  const SEARCH_DELAY_MS = 120;
  const STORED = "cleaner-review:";

  const byId = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const spoken = (name) => name.replaceAll("_", " ");

  // ---- the data ------------------------------------------------------------
  const documents = JSON.parse(byId("data").textContent);
  const FIELDS = ["start", "end", "replacement", "label", "detector", "score", "reason"];
  const cuts = [];
  documents.forEach((doc, number) => {
    doc.number = number;
    doc.added = new Map(); // line → label of a line that was missed
    doc.cuts = doc.edits.map((edit, at) => {
      const cut = { doc, at, key: `${number}:${at}`, verdict: "" };
      FIELDS.forEach((field, place) => (cut[field] = edit[place]));
      cut.given = cut.label;
      return cut;
    });
    cuts.push(...doc.cuts);
    locate(doc);
  });
  cuts.sort((a, b) => a.score - b.score || b.end - b.start - (a.end - a.start));
  const risk = new Map(cuts.map((cut, place) => [cut, place]));
  const byRisk = [...documents].sort((a, b) => riskOf(a) - riskOf(b) || a.number - b.number);

  function riskOf(doc) {
    return doc.cuts.reduce((least, cut) => Math.min(least, risk.get(cut)), Infinity);
  }

  // Offsets count code points; strings here count halves of the wide ones as well.
  function locate(doc) {
    const { text } = doc;
    let points = 0;
    let unit = 0;
    const advance = (target) => {
      while (points < target && unit < text.length) {
        unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
        points += 1;
      }
      return unit;
    };
    for (const cut of doc.cuts) {
      cut.from = advance(cut.start);
      cut.to = advance(cut.end);
    }
  }

  const pointsIn = (text, from, to) => {
    let count = 0;
    for (let unit = from; unit < to; count += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return count;
  };

  // ---- what is shown -------------------------------------------------------
  const state = { view: "cuts", labels: new Set(), query: "", items: [], doc: null, cut: null, without: false };
  const list = byId("list");
  const rows = byId("rows");
  const pane = byId("document");
  const tip = byId("tip");

  const lowered = (doc) => (doc.lowered ??= `${doc.title}\n${doc.url}\n${doc.id}\n${doc.text}`.toLowerCase());

  function docMatches(doc) {
    const language = byId("language").value;
    const site = byId("site").value;
    return (!language || doc.language === language) && (!site || doc.site === site)
      && (!state.query || lowered(doc).includes(state.query));
  }

  function cutMatches(cut) {
    const wanted = byId("state").value;
    return (!state.labels.size || state.labels.has(cut.given))
      && (!wanted || (wanted === "open" ? !cut.verdict : cut.verdict === wanted));
  }

  function refresh() {
    const isNarrowed = state.labels.size > 0 || byId("state").value !== "";
    if (state.view === "documents") {
      state.items = byRisk.filter((doc) => docMatches(doc) && (!isNarrowed || doc.cuts.some(cutMatches)));
    } else {
      const fitting = new Set(documents.filter(docMatches));
      state.items = cuts.filter((cut) => fitting.has(cut.doc) && cutMatches(cut));
    }
    const kind = state.view === "documents" ? "document" : "cut";
    const count = state.items.length;
    byId("found").textContent = `${count.toLocaleString("en")} ${kind}${count === 1 ? "" : "s"}${kind === "cut" ? ", the riskiest first" : ""}`;
    list.setAttribute("aria-label", kind === "cut" ? "Cuts" : "Documents");
    rows.style.height = `${count * ROW_HEIGHT}px`;
    list.scrollTop = 0;
    draw();
  }

  // Only the rows in sight exist: thousands cost no more than a screenful.
  function draw() {
    const first = Math.max(0, Math.floor(list.scrollTop / ROW_HEIGHT) - AROUND);
    const last = Math.min(state.items.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW_HEIGHT) + AROUND);
    rows.replaceChildren();
    for (let place = first; place < last; place += 1) rows.append(row(state.items[place], place));
    const current = rows.querySelector('[aria-selected="true"]');
    if (current) list.setAttribute("aria-activedescendant", current.id);
    else list.removeAttribute("aria-activedescendant");
  }

  function row(item, place) {
    const isCut = "from" in item;
    const node = make("div", "row");
    node.id = `row-${place}`;
    node.dataset.place = place;
    node.setAttribute("role", "option");
    node.setAttribute("aria-setsize", state.items.length);
    node.setAttribute("aria-posinset", place + 1);
    node.setAttribute("aria-selected", String(item === (isCut ? state.cut : state.doc)));
    node.style.top = `${place * ROW_HEIGHT}px`;
    const whence = make("span", "whence");
    if (isCut) {
      if (item.verdict === "wrong") node.classList.add("is-wrong");
      node.append(make("span", "what", shownCut(item)));
      whence.append(make("span", "score", item.score.toFixed(2)), make("span", `tag l-${item.label}`, spoken(item.label)));
      if (item.verdict) whence.append(make("span", `mark ${item.verdict}`, item.verdict === "right" ? "✓" : "✗"));
      whence.append(make("span", "", item.doc.title || item.doc.id));
    } else {
      node.append(make("span", "what", item.title || item.text.slice(0, 200).trim() || item.id));
      const judged = item.cuts.filter((cut) => cut.verdict).length;
      const count = item.cuts.length;
      whence.append(make("span", "score", `${count} cut${count === 1 ? "" : "s"}`));
      if (judged) whence.append(make("span", "mark right", `${judged} judged`));
      whence.append(make("span", "", item.site === "not told" ? item.id : item.site));
    }
    node.append(whence);
    return node;
  }

  const shownCut = (cut) => {
    const text = cut.doc.text.slice(cut.from, cut.to).trim().slice(0, 300).replace(/\s+/g, " ");
    return cut.replacement ? `${text} → ${cut.replacement}` : text || "(blank space)";
  };

  // ---- one document --------------------------------------------------------
  function open(doc, cut) {
    const isNew = doc !== state.doc;
    state.doc = doc;
    state.cut = cut ?? null;
    if (isNew) {
      pane.replaceChildren(...parts(doc));
      pane.scrollTop = 0;
    }
    paint();
    draw();
    pane.querySelector("mark.is-current")?.scrollIntoView({ block: "center" });
  }

  function parts(doc) {
    const head = make("header", "head");
    head.append(make("h2", "", doc.title || doc.id));
    const about = make("p", "", [doc.title ? doc.id : "", doc.lang, ""].filter(Boolean).join(" · "));
    if (/^https?:\/\//i.test(doc.url)) {
      const link = make("a", "", doc.url);
      link.href = doc.url;
      link.rel = "noopener noreferrer";
      link.target = "_blank";
      about.append(about.textContent ? " · " : "", link);
    }
    head.append(about);
    const judge = make("div", "judge");
    judge.id = "judge";
    const text = make("div", "text");
    text.dir = "auto";
    text.append(...lines(doc));
    text.classList.toggle("is-long", text.childElementCount > LONG_DOCUMENT);
    const withheld = doc.withheld.map((reason) => make("p", "withheld", `Withheld, ${reason}.`));
    return [head, judge, ...withheld, text];
  }

  function lines(doc) {
    const nodes = [];
    let from = 0;
    let next = 0; // the first cut that ends after the line's start
    doc.text.split("\n").forEach((line, number) => {
      const to = from + line.length;
      const node = make("div", "l");
      const add = make("button", "add", String(number + 1));
      add.type = "button";
      add.tabIndex = -1;
      add.dataset.line = number;
      add.setAttribute("aria-label", `Label line ${number + 1}`);
      const span = make("span");
      let at = from;
      while (next < doc.cuts.length && doc.cuts[next].to < from) next += 1;
      for (let place = next; place < doc.cuts.length && doc.cuts[place].from <= to; place += 1) {
        const cut = doc.cuts[place];
        const [low, high] = [Math.max(cut.from, from), Math.min(cut.to, to)];
        if (high > low) {
          span.append(doc.text.slice(at, low), marked(cut, doc.text.slice(low, high)));
          at = high;
        }
        if (cut.replacement && cut.to >= from && cut.to <= to) span.append(make("ins", "", cut.replacement));
      }
      span.append(doc.text.slice(at, to));
      const marks = [...span.querySelectorAll("mark")];
      const kept = [...span.childNodes].some((child) => child.nodeName !== "MARK" && child.textContent.trim());
      if (marks.length && !kept) node.classList.add("is-cut");
      node.append(add, span);
      nodes.push(node);
      from = to + 1;
    });
    return nodes;
  }

  function marked(cut, text) {
    const mark = make("mark", `l-${cut.label}`, text);
    mark.dataset.at = cut.at;
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-describedby", "tip");
    return mark;
  }

  // Classes that depend on judgements, without drawing the text anew.
  function paint() {
    const { doc } = state;
    if (!doc) return;
    pane.classList.toggle("without", state.without);
    for (const mark of pane.querySelectorAll("mark")) {
      const cut = doc.cuts[mark.dataset.at];
      const isOut = mark.classList.contains("is-out");
      mark.className = `l-${cut.label}`;
      mark.classList.toggle("is-out", isOut && cut.verdict !== "wrong");
      mark.classList.toggle("is-current", cut === state.cut);
      mark.classList.toggle("is-wrong", cut.verdict === "wrong");
      mark.setAttribute("aria-pressed", String(isOut));
    }
    pane.querySelectorAll(".l").forEach((node, number) => {
      const label = doc.added.get(number);
      node.classList.toggle("has-wrong", node.querySelector(".is-wrong") !== null);
      node.className = node.className.replace(/ ?\bl-\w+/g, "");
      node.classList.toggle("is-added", label !== undefined);
      if (label !== undefined) {
        node.classList.add(`l-${label}`);
        node.lastChild.dataset.label = spoken(label);
      }
    });
    judging();
    const judged = documents.filter(isJudged).length;
    const button = byId("export");
    button.disabled = judged === 0;
    button.textContent = judged ? `Export ${judged.toLocaleString("en")} corrected` : "Export corrections";
  }

  function judging() {
    const bar = byId("judge");
    const { cut } = state;
    bar.replaceChildren();
    const told = make("p", "told");
    if (cut) {
      told.append(make("b", `tag l-${cut.label}`, spoken(cut.label)), ` ${cut.score.toFixed(2)} · ${cut.reason || cut.detector}`);
      bar.append(told, verdictButton("right", "Right", "y"), verdictButton("wrong", "Wrong", "n"), relabel(cut));
    } else {
      const count = state.doc.cuts.length;
      told.textContent = count ? `${count} cut${count === 1 ? "" : "s"} in this document` : "No cuts in this document";
      bar.append(told);
    }
    const toggle = make("button", "", state.without ? "Show cuts" : "Hide cuts");
    toggle.type = "button";
    toggle.id = "toggle";
    toggle.append(make("kbd", "", "c"));
    toggle.setAttribute("aria-pressed", String(state.without));
    toggle.onclick = toggleCuts;
    bar.append(toggle);
  }

  function verdictButton(verdict, name, key) {
    const button = make("button", verdict, name);
    button.type = "button";
    button.append(make("kbd", "", key));
    button.setAttribute("aria-pressed", String(state.cut.verdict === verdict));
    button.onclick = () => judge(verdict);
    return button;
  }

  function relabel(cut) {
    const select = make("select");
    select.setAttribute("aria-label", "Label of this cut");
    const names = new Set([cut.given, ...[...document.querySelectorAll("[data-choice]")].map((b) => b.dataset.choice)]);
    for (const name of names) {
      if (!name) continue;
      const option = make("option", "", spoken(name));
      option.value = name;
      option.selected = name === cut.label;
      select.append(option);
    }
    select.onchange = () => {
      cut.label = select.value;
      cut.verdict = "right";
      changed();
    };
    return select;
  }

  function judge(verdict) {
    const { cut } = state;
    if (!cut) return;
    cut.verdict = cut.verdict === verdict ? "" : verdict;
    changed();
  }

  function changed() {
    paint();
    draw();
    save();
  }

  function toggleCuts() {
    state.without = !state.without;
    paint();
  }

  // ---- corrections ---------------------------------------------------------
  const isJudged = (doc) => doc.added.size > 0 || doc.cuts.some((cut) => cut.verdict);

  function corrected(doc) {
    const labels = [];
    const { text } = doc;
    const standing = doc.cuts.filter((cut) => cut.verdict !== "wrong" && cut.label !== "encoding");
    let from = 0;
    let start = 0; // of the line, in code points
    text.split("\n").forEach((line, number) => {
      const to = from + line.length;
      const length = pointsIn(text, from, to);
      const whole = { line: number, label: "", start, end: start + length };
      const inside = standing.filter((cut) => cut.from < to && cut.to > from && !blank(cut, from, to));
      if (doc.added.has(number)) labels.push({ ...whole, label: doc.added.get(number) });
      else if (inside.length && inside.every((cut) => !cut.replacement) && covers(inside, from, to)) {
        labels.push({ ...whole, label: inside.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a)).label });
      } else {
        for (const cut of inside) labels.push(stretch(cut, number, from, to, start));
      }
      from = to + 1;
      start += length + 1;
    });
    const record = { id: doc.id, lang: doc.lang, url: doc.url, title: doc.title, text, labels };
    return JSON.stringify(record);

    function blank(cut, low, high) {
      return !text.slice(Math.max(cut.from, low), Math.min(cut.to, high)).trim();
    }
    function covers(inside, low, high) {
      let rest = "";
      let at = low;
      for (const cut of inside) {
        rest += text.slice(at, Math.max(cut.from, at));
        at = Math.min(cut.to, high);
      }
      return !(rest + text.slice(at, high)).trim();
    }
    function stretch(cut, number, low, high, lineStart) {
      let [a, b] = [Math.max(cut.from, low), Math.min(cut.to, high)];
      const piece = text.slice(a, b);
      a += piece.length - piece.trimStart().length;
      b -= piece.length - piece.trimEnd().length;
      const begin = lineStart + pointsIn(text, low, a);
      return { line: number, label: cut.label, start: begin, end: begin + pointsIn(text, a, b), text: text.slice(a, b) };
    }
  }

  function exportCorrections() {
    const judged = documents.filter(isJudged);
    if (!judged.length) return;
    const blob = new Blob(judged.map((doc) => `${corrected(doc)}\n`), { type: "application/jsonl" });
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = "corrections.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // Judgements outlive a reload, where the browser lets a file keep something. Those of
  // other documents, in a page of the same name, are not theirs.
  const storeKey = STORED + location.pathname + ":" + byId("data").dataset.digest;

  function save() {
    const kept = {
      cuts: cuts.filter((cut) => cut.verdict).map((cut) => [cut.key, cut.verdict, cut.label]),
      added: documents.filter((doc) => doc.added.size).map((doc) => [doc.number, [...doc.added]]),
    };
    try {
      localStorage.setItem(storeKey, JSON.stringify(kept));
    } catch {
      // no storage here: the export is what lasts
    }
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(storeKey));
    } catch {
      // no storage here
    }
    if (!kept) return;
    const byKey = new Map(cuts.map((cut) => [cut.key, cut]));
    for (const [key, verdict, label] of kept.cuts) Object.assign(byKey.get(key) ?? {}, { verdict, label });
    for (const [number, added] of kept.added) documents[number].added = new Map(added);
  }

  // ---- moving about --------------------------------------------------------
  function view(name) {
    state.view = name;
    const isSummary = name === "summary";
    byId("summary").hidden = !isSummary;
    document.querySelector(".pane").hidden = isSummary;
    pane.hidden = isSummary;
    document.querySelector(".filters").hidden = isSummary;
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    if (!isSummary) refresh();
  }

  function select(place) {
    const item = state.items[place];
    if (!item) return;
    const top = place * ROW_HEIGHT;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_HEIGHT - list.clientHeight;
    if ("from" in item) open(item.doc, item);
    else open(item, null);
  }

  function step(by) {
    const place = state.items.indexOf(state.view === "documents" ? state.doc : state.cut);
    select(Math.max(0, Math.min(state.items.length - 1, place + by)));
  }

  function lineMode() {
    const buttons = [...pane.querySelectorAll(".add")];
    const current = pane.querySelector("mark.is-current");
    const line = current ? current.closest(".l").querySelector(".add") : buttons.find((b) => b.nextSibling.textContent.trim());
    line?.focus();
  }

  function stepLine(button, by) {
    const all = [...pane.querySelectorAll(".add")];
    let place = all.indexOf(button) + by;
    while (all[place] && !all[place].nextSibling.textContent.trim()) place += by;
    all[place]?.focus();
  }

  const chooser = byId("labels");
  let chosenLine = null;

  function choose(line) {
    chosenLine = line;
    byId("line").textContent = state.doc.text.split("\n")[line].slice(0, 400);
    chooser.showModal();
  }

  chooser.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice]");
    if (!button) return;
    const { doc } = state;
    if (button.dataset.choice) doc.added.set(chosenLine, button.dataset.choice);
    else doc.added.delete(chosenLine);
    chooser.close();
    changed();
    pane.querySelector(`.add[data-line="${chosenLine}"]`)?.focus();
  });

  // ---- hover and focus -----------------------------------------------------
  function showTip(mark) {
    const cut = state.doc.cuts[mark.dataset.at];
    tip.replaceChildren(make("b", "", `${spoken(cut.label)} · ${cut.score.toFixed(2)}`), make("span", "", `${cut.detector}: ${cut.reason}`));
    tip.hidden = false;
    const box = mark.getClientRects()[0];
    if (!box) return;
    const below = box.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below ? box.bottom + 6 : box.top - tip.offsetHeight - 6}px`;
  }

  const markOf = (event) => event.target.closest?.("mark");
  for (const [show, hide] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    pane.addEventListener(show, (event) => markOf(event) && showTip(markOf(event)));
    pane.addEventListener(hide, () => (tip.hidden = true));
  }
  pane.addEventListener("scroll", () => (tip.hidden = true));

  // A click takes the cut out of the text, or puts it back.
  function toggleOne(mark) {
    const cut = state.doc.cuts[mark.dataset.at];
    const isOut = !mark.classList.contains("is-out");
    for (const piece of pane.querySelectorAll(`mark[data-at="${cut.at}"]`)) piece.classList.toggle("is-out", isOut);
    state.cut = cut;
    tip.hidden = true;
    paint();
    draw();
  }

  pane.addEventListener("click", (event) => {
    const mark = markOf(event);
    const add = event.target.closest(".add");
    if (mark) toggleOne(mark);
    else if (add) choose(Number(add.dataset.line));
  });

  list.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  list.addEventListener("click", (event) => {
    const node = event.target.closest(".row");
    if (node) select(Number(node.dataset.place));
  });
  new ResizeObserver(draw).observe(list);

  let searching = 0;
  byId("query").addEventListener("input", (event) => {
    clearTimeout(searching);
    searching = setTimeout(() => search(event.target.value), SEARCH_DELAY_MS);
  });

  function search(text) {
    if (byId("query").value !== text) byId("query").value = text;
    state.query = text.trim().toLowerCase();
    refresh();
  }

  for (const id of ["language", "site", "state"]) byId(id).addEventListener("change", refresh);
  document.querySelector(".filters .chips").addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (!chip) return;
    const { label } = chip.dataset;
    if (!state.labels.delete(label)) state.labels.add(label);
    chip.setAttribute("aria-pressed", String(state.labels.has(label)));
    refresh();
  });
  document.querySelector(".views").addEventListener("click", (event) => {
    if (event.target.dataset.view) view(event.target.dataset.view);
  });
  byId("export").addEventListener("click", exportCorrections);
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("theme").addEventListener("click", changeTheme);

  function changeTheme() {
    const { dataset } = document.documentElement;
    const isDark = dataset.theme ? dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    dataset.theme = isDark ? "light" : "dark";
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    y: () => judge("right"),
    n: () => judge("wrong"),
    c: () => state.doc && toggleCuts(),
    m: lineMode,
    e: exportCorrections,
    t: changeTheme,
    1: () => view("cuts"),
    2: () => view("documents"),
    3: () => view("summary"),
    "/": () => byId("query").focus(),
    "?": () => byId("keys").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (target.matches("input, select")) {
      if (key === "Escape" && target.value && target.type === "search") search("");
      if (key === "Escape" || (key === "Enter" && target.type === "search")) target.blur();
      return;
    }
    const isLine = target.classList.contains("add");
    const isRow = target === list;
    if ((isLine || isRow) && (key === "ArrowDown" || key === "ArrowUp")) {
      const by = key === "ArrowDown" ? 1 : -1;
      if (isLine) stepLine(target, by);
      else step(by);
    } else if (target.matches("mark") && (key === "Enter" || key === " ")) toggleOne(target);
    else if (Object.hasOwn(KEYS, key)) KEYS[key]();
    else return;
    event.preventDefault();
  });

  // ---- start ---------------------------------------------------------------
  restore();
  view(cuts.length ? "cuts" : "documents");
  if (state.items.length) select(0);
  else pane.append(make("p", "empty", "No documents."));
})();
