// What spares the clerk a click; every page works without it.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    const said = button.textContent;
    button.textContent = "Đã sao chép";
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const said = form.querySelector("[role=status]");
    if (said) said.textContent = form.dataset.busy;
  });
}
