// Shows what the server says, and sends what people do. Nothing is decided here: no score, no rule, no turn.
"use strict";
(() => {
  const body = document.body;
  const base = body.dataset.base || "";
  const at = (id) => document.getElementById(id);

  // ---- showing -------------------------------------------------------------------------------------------------------------
  // HTML comes from the server's escaping templates only. It is parsed into an inert document, and the living page is changed
  // towards it node by node, so that focus and what somebody is typing stay.
  const parsed = (html) => new DOMParser().parseFromString("<body>" + html, "text/html").body;
  const keyOf = (node) => (node.nodeType === 1 && node.id) || "";
  const morph = (have, want) => {
    let here = have.firstChild;
    for (const wanted of [...want.childNodes]) {
      const key = keyOf(wanted);
      if (key && keyOf(here || body) !== key) {
        const found = [...have.childNodes].find((node) => keyOf(node) === key);
        if (found) { have.insertBefore(found, here); here = found; }
      }
      if (here && here.nodeName === wanted.nodeName && (keyOf(here) === key || !keyOf(here))) {
        if (here.nodeType === 1) { sync(here, wanted); if (here.nodeName !== "TEXTAREA") morph(here, wanted); }
        else if (here.nodeValue !== wanted.nodeValue) here.nodeValue = wanted.nodeValue;
        here = here.nextSibling;
      } else {
        have.insertBefore(document.importNode(wanted, true), here);
      }
    }
    while (here) { const next = here.nextSibling; here.remove(); here = next; }
  };
  const sync = (have, want) => {
    for (const { name } of [...have.attributes]) if (!want.hasAttribute(name) && !(name === "open" && have.nodeName === "DETAILS")) have.removeAttribute(name);
    for (const { name, value } of [...want.attributes]) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  };

  const show = (news) => {
    if (news.go) { location.replace(news.go); return; }
    const waiting = new Map();
    for (const [id, html] of Object.entries(news.set || {})) {
      const place = at(id);
      if (place) morph(place, parsed(html)); else waiting.set(id, html);
    }
    for (const [id, ids] of Object.entries(news.order || {})) {
      const list = at(id);
      if (!list) continue;
      const keep = new Set(ids);
      for (const child of [...list.children]) if (!keep.has(child.id)) child.remove();
      ids.forEach((one, place) => {
        let entry = at(one);
        if (!entry) {
          entry = document.createElement(list.dataset.entry || "li");
          entry.id = one;
          morph(entry, parsed(waiting.get(one) || ""));
        }
        if (list.children[place] !== entry) list.insertBefore(entry, list.children[place] || null);
      });
      // The latest stands where the eye is, unless somebody reads further up.
      const last = list.lastElementChild;
      if (last && list.dataset.follow !== undefined && nearEnd) last.scrollIntoView({ block: "nearest" });
    }
    clocks();
  };
  let nearEnd = true;
  addEventListener("scroll", () => { nearEnd = innerHeight + scrollY > document.documentElement.scrollHeight - 240; }, { passive: true });

  // ---- telling -------------------------------------------------------------------------------------------------------------
  const tell = (sentence, care) => {
    const place = at("told");
    if (!place) return;
    place.textContent = "";
    // An empty place first, so that a screen reader says the same sentence twice where it comes twice.
    setTimeout(() => { place.textContent = sentence; place.className = care ? "told care" : "told"; }, 30);
  };
  const line = (sentence) => { const place = at("line"); if (place && place.textContent !== sentence) place.textContent = sentence; };

  // ---- listening -----------------------------------------------------------------------------------------------------------
  let source = null, tries = 0, timer = 0;
  const listen = () => {
    clearTimeout(timer);
    if (source) source.close();
    source = new EventSource(base + "/stream");
    source.onopen = () => { tries = 0; line("Connected"); };
    source.onmessage = (event) => show(JSON.parse(event.data));
    source.onerror = () => {
      source.close();
      line("The connection was lost. It is being tried again; nothing you sent is lost.");
      timer = setTimeout(back, Math.min(8000, 400 * 2 ** tries++) + Math.random() * 400);
    };
  };
  // After a sleep or a restart: the whole state once, then the stream again.
  const back = async () => {
    try {
      const answer = await fetch(base + "/state");
      if (answer.ok) show(await answer.json());
      if (answer.status === 401) { location.replace(base === "/seat" ? "/" : base); return; }
    } catch { /* The stream tells. */ }
    listen();
  };
  if (base && body.dataset.live !== undefined) {
    listen();
    addEventListener("online", back);
    addEventListener("pageshow", (event) => { if (event.persisted) back(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && (!source || source.readyState === 2)) back(); });
  }

  // ---- sending -------------------------------------------------------------------------------------------------------------
  const asked = (form, by) => {
    const ask = JSON.parse((by && by.dataset.ask) || form.dataset.ask || "{}");
    for (const field of by && by.dataset.only !== undefined ? [] : form.elements) {
      if (!field.name || field.disabled) continue;
      const kind = field.dataset.kind;
      if (kind === "marks") { if (field.checked) (ask.marks = ask.marks || [])[Number(field.dataset.place)] = Number(field.value); }
      else if (kind === "list") { ask[field.name] = ask[field.name] || []; if (field.checked) ask[field.name].push(Number(field.value)); }
      else if (kind === "pair") (ask.both = ask.both || []).push(Number(field.value));
      else if (field.type === "checkbox") ask[field.name] = field.checked;
      else if (field.type === "radio") { if (field.checked) ask[field.name] = kind === "number" ? Number(field.value) : field.value; }
      else if (kind === "number") { if (field.value !== "") ask[field.name] = Number(field.value); }
      else ask[field.name] = field.value;
    }
    return ask;
  };
  const post = (where, what) => fetch(where, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });
  let busy = false;
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.ask === undefined) return;
    event.preventDefault();
    if (busy) return;
    const by = event.submitter;
    if (by && by.dataset.sure && !confirm(by.dataset.sure)) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await post(form.dataset.to || base + "/do", asked(form, by));
      const said = await answer.json().catch(() => ({ say: "The server did not understand this." }));
      if (answer.ok) {
        if (said.go) { location.assign(said.go); return; }
        if (!(by && by.dataset.keep !== undefined)) for (const field of form.querySelectorAll("[data-clear]")) { field.value = ""; grow(field); }
        tell(said.say || form.dataset.done || "");
        const shown = at("shown");
        if (shown && said.show !== undefined) { morph(shown, parsed(said.show)); shown.hidden = !said.show; if (said.show) shown.scrollIntoView({ block: "nearest" }); }
        if (said.state) show(said.state);
        if (!source || source.readyState === 2) back();
      } else {
        tell(said.say || "This did not work.", true);
        if (answer.status === 401) location.replace(base === "/seat" ? "/" : base);
      }
    } catch {
      tell("This could not be sent: the connection is gone. What you typed is still here; send it again in a moment.", true);
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  });

  // ---- typing --------------------------------------------------------------------------------------------------------------
  const grow = (field) => { field.style.height = ""; field.style.height = Math.min(field.scrollHeight + 4, innerHeight / 3) + "px"; };
  addEventListener("input", (event) => { if (event.target.nodeName === "TEXTAREA") grow(event.target); });
  addEventListener("keydown", (event) => {
    // Enter sends, Shift and Enter begin a new line; not while a word is being composed.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.nodeName === "TEXTAREA" && event.target.dataset.enter !== undefined) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  addEventListener("change", (event) => { if (event.target.dataset.auto !== undefined) event.target.form.requestSubmit(); });

  // ---- the clock advises ---------------------------------------------------------------------------------------------------
  const ahead = Number(body.dataset.now || Date.now()) - Date.now();
  const clocks = () => {
    for (const clock of document.querySelectorAll("[data-start]")) {
      const passed = Math.max(0, Math.floor((Date.now() + ahead - Number(clock.dataset.start)) / 60000));
      const of = Number(clock.dataset.minutes || 0);
      const text = of ? (passed < of ? passed + " of " + of + " minutes" : passed + " minutes; " + of + " were planned") : passed + (passed === 1 ? " minute" : " minutes");
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  setInterval(clocks, 5000);
  clocks();

  // ---- a link with a secret in its fragment: sent once, then gone from the address ----------------------------------------
  if (body.dataset.enter !== undefined && location.hash.length > 1) {
    const secret = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    post(base + "/enter", { secret }).then(async (answer) => {
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) location.replace(base); else tell(said.say || "This link does not open anything.", true);
    }, () => tell("The server could not be reached.", true));
  }
})();
