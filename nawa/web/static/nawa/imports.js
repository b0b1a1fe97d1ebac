// Upload with progress, and by drag and drop; without this module the form is sent as any other.
"use strict";

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const bar = form.querySelector("progress");
  const told = form.querySelector("[data-told]");
  const button = form.querySelector("button");

  ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  }));
  ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });

  const fail = () => {
    bar.hidden = true;
    button.disabled = false;
    delete form.dataset.sent;
    told.textContent = form.dataset.failed;
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.dataset.sent) return;
    event.preventDefault();
    form.dataset.sent = "1";
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => {
      bar.value = (100 * step.loaded) / step.total;
      told.textContent = `${form.dataset.busy}: ${Math.round(bar.value)}%`;
    });
    request.addEventListener("error", fail);
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action && request.status < 400) {
        window.location.assign(request.responseURL);
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = answer.querySelector("main");
      if (main && request.status === 422) document.querySelector("main").replaceWith(main);
      else fail();
    });
    bar.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  });
});
