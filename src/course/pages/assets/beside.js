// What lies beside the page: tabs that load when they are opened, the prediction, large type for a
// projector. Everything can be used without this script; it spares clicks, and remembers.

"use strict";

const page = document.documentElement;

// Storage can be forbidden. Then nothing is remembered, and all else goes on.
function recall(storage, name) {
  try {
    return window[storage].getItem(name);
  } catch {
    return null;
  }
}

function remember(storage, name, value) {
  try {
    if (value === null) window[storage].removeItem(name);
    else window[storage].setItem(name, value);
  } catch {}
}

// Large type

// Before the page is painted, so that it does not jump.
if (page.classList.contains("projector")) remember("localStorage", "projector", "on");
else if (recall("localStorage", "projector")) page.classList.add("projector");

function switchProjector(click) {
  click.preventDefault();
  const on = page.classList.toggle("projector");
  remember("localStorage", "projector", on ? "on" : null);
  // Else a reload would ask for it again.
  const here = new URL(location.href);
  here.searchParams.delete("projector");
  history.replaceState(null, "", here);
}

// Times

let utc = recall("localStorage", "utc") !== null;

// The server tells times in UTC. They are shown in the reader's zone, unless the box is ticked.
function tellTimes(part) {
  const zone = new Intl.DateTimeFormat(page.lang, {
    year: "numeric", month: "short", day: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
  for (const time of part.querySelectorAll("time[datetime]")) {
    time.title ||= time.textContent;
    time.textContent = utc ? time.title : zone.format(new Date(time.dateTime));
  }
  for (const box of part.querySelectorAll("[data-utc]")) {
    box.checked = utc;
    box.parentElement.hidden = false;
  }
}

function chooseTimes({ target }) {
  if (!target.matches("[data-utc]")) return;
  utc = target.checked;
  remember("localStorage", "utc", utc ? "on" : null);
  tellTimes(document);
}

// Back

// Browsers keep the page that is left and show it on Back without asking the server, whatever it was
// told about storing. After a logout that would be a page of who has logged out: a cookie that is
// removed does not count for them as one that was sent. So it is put away blank, and asks again.
addEventListener("pagehide", ({ persisted }) => {
  if (persisted) page.style.visibility = "hidden";
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

// Tabs

// Fills a tab from the page that its link leads to. Where that fails, the link stays.
async function load(tab) {
  const link = tab.querySelector("a[data-load]");
  if (!link) return;
  try {
    const answer = await fetch(link.href);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const middle = read.getElementById("reading");
    if (!middle) return;
    middle.removeAttribute("id");
    link.parentElement.replaceWith(document.adoptNode(middle));
  } catch {}
}

// The tab that is open stays open on the next page.
function toggled(event) {
  const tab = event.target;
  if (!tab.matches(".beside details[id]")) return;
  if (tab.open) {
    remember("sessionStorage", "open", tab.id);
    load(tab);
    showNextStep(tab);
  } else if (recall("sessionStorage", "open") === tab.id) {
    remember("sessionStorage", "open", "");
  }
}

// The next step of a long checklist may be below what the tab shows.
function showNextStep(tab) {
  const list = tab.querySelector(".tab");
  const next = list.querySelector(".steps > :not(.done), .all-done");
  if (!next) return;
  const [step, part] = [next, list].map((it) => it.getBoundingClientRect());
  // With the step before it in view, if there is room for both.
  const above = Math.max(0, Math.min(part.height / 3, part.height - step.height - 16));
  list.scrollTop += step.top - part.top - above;
}

async function reopen() {
  const open = recall("sessionStorage", "open");
  // At the beginning of a lesson it is the checklist, until a tab was opened or closed.
  const tab = open === null ? document.querySelector("[data-first]") : document.getElementById(open);
  if (tab?.matches(".beside details")) {
    await load(tab);
    tab.open = true;
  }
  // A form that leads back to its page keeps the place, unless there is something to be read first.
  const [path, top] = (recall("sessionStorage", "place") ?? "").split(" ");
  remember("sessionStorage", "place", null);
  if (path !== location.pathname || location.hash || document.querySelector("[role=alert]")) return;
  scrollTo({ top: Number(top), behavior: "instant" });
}

function submitted({ target }) {
  if (target.method === "post") remember("sessionStorage", "place", `${location.pathname} ${scrollY}`);
  if (target.matches('[action="/afresh"]')) startAfresh();
}

// The walk

const list = () => document.getElementById("beside-checklist");

function prepareSteps() {
  list()?.querySelectorAll("[data-copy]").forEach(offerCopying);
  const back = list()?.querySelector(".tool [name=back]");
  if (back) back.value = location.pathname + location.search;
}

// A step may be done in another window, in the console or in the terminal. The page then learns of
// it when it is looked at again, and meanwhile where it offers a line to be pasted elsewhere.
async function refreshSteps() {
  const state = () => list()?.querySelector(".steps")?.dataset.state;
  if (document.hidden || state() === undefined) return;
  try {
    const answer = await fetch("/walk/list");
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.querySelector(".steps").dataset.state === state()) return;
    list().replaceChildren(...fresh.body.childNodes);
    prepareSteps();
    showNextStep(list());
  } catch {}
}

// Without clipboard, on an address that is not this machine, the line can still be marked by hand.
function offerCopying(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// The prediction

// What was right is to be seen only by who has answered, or done it.
function predict(prediction) {
  const { name } = prediction.dataset;
  const reveal = prediction.querySelector(".reveal");
  const predicted = prediction.querySelector("[data-predicted]");
  const now = document.querySelector("#beside-prediction .now");
  const show = (answer) => {
    reveal.hidden = answer === null && !predicted;
    if (now && !predicted) now.hidden = answer !== null;
    for (const item of reveal.querySelectorAll("[data-answer]")) {
      item.querySelector(".yours")?.remove();
      if (item.dataset.answer !== answer) continue;
      const yours = Object.assign(document.createElement("span"), { className: "yours" });
      yours.textContent = reveal.dataset.yours;
      item.firstElementChild.append(" ", yours);
      if (!predicted) continue;
      predicted.hidden = false;
      predicted.querySelector("em").textContent = item.querySelector("strong").textContent;
      const verdict = item.matches(".right") ? predicted.dataset.right : predicted.dataset.wrong;
      predicted.querySelector("strong").textContent = verdict;
    }
    for (const choice of prediction.querySelectorAll("input")) choice.checked = choice.value === answer;
  };
  show(recall("localStorage", name));
  prediction.addEventListener("change", (event) => {
    remember("localStorage", name, event.target.value);
    show(event.target.value);
  });
}

// Predictions are forgotten with a walk that is repeated, not with one that begins afresh.
function startAfresh() {
  if (!document.querySelector(".steps > .done")) return;
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("predicted-")) localStorage.removeItem(name);
    }
    sessionStorage.removeItem("open");
  } catch {}
}

document.addEventListener("toggle", toggled, true);
document.addEventListener("submit", submitted);
document.addEventListener("change", chooseTimes);
document.addEventListener("DOMContentLoaded", () => {
  tellTimes(document);
  document.querySelector(".projector-switch")?.addEventListener("click", switchProjector);
  document.querySelectorAll(".predict").forEach(predict);
  prepareSteps();
  addEventListener("focus", refreshSteps);
  setInterval(() => list()?.querySelector("[data-copy]") && refreshSteps(), 2000);
  reopen();
});
