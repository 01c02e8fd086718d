// Keeps the X-ray up to date while it can be seen. Everything that is shown comes from the server
// as it stands; without this script the page's own requests are shown all the same.
"use strict";

(() => {
  const xray = document.querySelector("[data-xray]");
  const find = (name) => xray.querySelector(`[data-xray-${name}]`);
  const list = find("list");
  const all = xray.dataset.xray === "all";

  // Beside a page a few lines are enough; `/xray` keeps as many as the server does.
  const MOST = all ? 200 : 8;

  let from = xray.dataset.from;
  let stream = null;
  let release = null;
  let again = 0;

  // A host gets six connections from a browser. So only a tab that can be seen holds one, and where
  // many windows stand side by side, no more than these.
  const PLACES = 4;

  function listen() {
    clearTimeout(again);
    if (navigator.locks) take(0);
    else open();
  }

  function take(place) {
    if (place === PLACES) {
      again = setTimeout(listen, 3000);
      return;
    }
    const taken = navigator.locks.request(`xray-${place}`, { ifAvailable: true }, (free) => {
      if (!free) return take(place + 1);
      open();
      return stream && !release && new Promise((done) => { release = done; });
    });
    // A browser that blocks cookies refuses locks as well: then each window listens.
    taken.catch(open);
  }

  function open() {
    if (stream || document.hidden) return;
    stream = new EventSource(`/xray/events?from=${encodeURIComponent(from)}`);
    stream.onopen = () => { find("lost").hidden = true; };
    stream.onmessage = (event) => {
      from = event.lastEventId;
      show(event.data);
    };
    stream.addEventListener("anew", (event) => {
      from = event.lastEventId;
      startAnew();
    });
    stream.onerror = () => {
      find("lost").hidden = false;
      // Some browsers try again by themselves, some give up when nobody listens on the port.
      if (stream.readyState === EventSource.CLOSED) {
        leave();
        again = setTimeout(listen, 2000);
      }
    };
  }

  function leave() {
    clearTimeout(again);
    if (stream) stream.close();
    if (release) release();
    stream = release = null;
  }

  function startAnew() {
    list.replaceChildren(...list.querySelectorAll(":scope > h3"));
    list.hidden = !all;
    // The server counts from 1 again.
    const earlier = xray.querySelectorAll("[data-number]");
    for (const exchange of earlier) exchange.removeAttribute("data-number");
    find("anew").hidden = false;
    const empty = find("empty");
    if (empty) empty.hidden = false;
  }

  function show(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const chain = template.content.firstElementChild;
    const exchange = chain.querySelector(".xray-exchange");
    if (document.querySelector(`[data-number="${exchange.dataset.number}"]`)) return;

    const begun = list.querySelector(`#${chain.id}`);
    if (begun) begun.append(exchange);
    else if (all) list.prepend(chain);
    else list.append(chain);
    list.hidden = false;
    const empty = find("empty");
    if (empty) empty.hidden = true;

    tellTimes(exchange);
    exchange.classList.add("xray-fresh");
    if (all) unfold(exchange);
    const exchanges = list.querySelectorAll(".xray-exchange");
    if (exchanges.length > MOST) drop();
    announce(exchange);
  }

  // The newest chain stands open; what the reader opened or closed stays as it is.
  function unfold(exchange) {
    const chain = exchange.parentElement;
    for (const open of list.querySelectorAll(".xray-exchange[open]:not([data-kept])")) {
      if (open.parentElement !== chain) open.open = false;
    }
    exchange.open = true;
  }

  function drop() {
    const chains = list.querySelectorAll(".xray-chain");
    chains[all ? chains.length - 1 : 0].remove();
  }

  // Short: whoever listens wants to know that there is something, and can read it on.
  function announce(exchange) {
    const news = find("news");
    const line = exchange.querySelector(".xray-line").textContent.trim();
    news.textContent = `${news.dataset.xrayNews} ${line}`;
  }

  list.addEventListener("click", (event) => {
    const summary = event.target.closest(".xray-exchange > summary");
    if (summary) summary.parentElement.dataset.kept = "";
  });

  // Whether the panel is folded stays so from page to page.
  const fold = xray.querySelector(".xray-fold");
  if (fold) {
    try {
      fold.open = localStorage.getItem("xray") !== "folded";
    } catch { /* No storage: it stands open. */ }
    fold.addEventListener("toggle", () => {
      try {
        localStorage.setItem("xray", fold.open ? "open" : "folded");
      } catch { /* Nothing to remember it in. */ }
    });
  }

  // Beside the page, what has changed is in view whatever the window's height.
  const changed = fold?.querySelector(".xray-json .xray-marked");
  if (changed && !location.hash && getComputedStyle(xray).position === "fixed") changed.scrollIntoView({ block: "nearest" });

  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
