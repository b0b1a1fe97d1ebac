// Small comforts; every page reads and works without them.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.account[open], details.more[open]").forEach((card) => card.removeAttribute("open"));
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
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Choices that apply at once: <select data-submits>, <input data-submits>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});

// Opens everything that unfolds inside the part of the page that a button names, or closes it again.
document.querySelectorAll("[data-opens]").forEach((button) => { button.hidden = false; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (!button) return;
  const parts = [...document.getElementById(button.dataset.opens).querySelectorAll("details")];
  const open = parts.some((part) => !part.open);
  parts.forEach((part) => { part.open = open; });
});
