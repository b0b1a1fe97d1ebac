// Small comforts; every page reads and works without them.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.account[open], details.more[open]").forEach((card) => card.removeAttribute("open"));
});

// The search box of the top bar: "/" leads to it, arrows walk its suggestions, Esc or a look elsewhere closes them.
const box = document.getElementById("cari-semua");
const suggestions = document.getElementById("saran");
document.addEventListener("keydown", (event) => {
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    box.focus();
    box.select();
    return;
  }
  if (!event.target.closest(".search")) return;
  if (event.key === "Escape" && suggestions.hasChildNodes()) {
    event.preventDefault();
    suggestions.replaceChildren();
    box.focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [box, ...suggestions.querySelectorAll("a, button")];
    const next = stops[stops.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
});
document.addEventListener("focusin", (event) => {
  if (suggestions && !event.target.closest(".search")) suggestions.replaceChildren();
});
document.addEventListener("pointerdown", (event) => {
  if (suggestions && !event.target.closest(".search")) suggestions.replaceChildren();
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("data-repeatable")) form.dataset.sent = "1";
});

// Whoever has to wait for an answer to what they sent is told so after a second; a download shows its own progress.
const waits = document.getElementById("pesan-menyimpan");
let patience;
function wait() {
  clearTimeout(patience);
  patience = setTimeout(() => { waits.textContent = waits.dataset.says; }, 1000);
}
function answered() {
  clearTimeout(patience);
  waits.textContent = "";
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && !event.defaultPrevented && !form.matches("[data-repeatable], [data-downloads]")) wait();
});
window.addEventListener("pageshow", () => {
  answered();
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Choices that apply at once: <select data-submits>, <input data-submits>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});

// On a phone, forms that stand before the answer fold away: <details data-folds>.
function fold() {
  if (matchMedia("(min-width: 40rem)").matches) return;
  document.querySelectorAll("details[data-folds]").forEach((details) => details.removeAttribute("open"));
}
document.addEventListener("DOMContentLoaded", fold);
document.addEventListener("htmx:afterSwap", fold);

// Opens everything that unfolds inside the part of the page that a button names, or closes it again.
document.querySelectorAll("[data-opens]").forEach((button) => { button.hidden = false; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (!button) return;
  const parts = [...document.getElementById(button.dataset.opens).querySelectorAll("details")];
  const open = parts.some((part) => !part.open);
  parts.forEach((part) => { part.open = open; });
});
