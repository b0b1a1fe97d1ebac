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

// On a phone, forms that stand before the answer fold away: <details data-folds>.
function fold() {
  if (matchMedia("(min-width: 40rem)").matches) return;
  document.querySelectorAll("details[data-folds]").forEach((details) => details.removeAttribute("open"));
}
document.addEventListener("DOMContentLoaded", fold);
document.addEventListener("htmx:afterSwap", fold);
