// The table on screen, a little quicker: Enter and arrows from cell to cell, a block pasted over
// several cells, a word before what was typed is left behind. The page works without it.
"use strict";

const form = document.querySelector("form.typing");
const table = form.querySelector("table");
const told = form.querySelector(".paste-told");
for (const hint of form.querySelectorAll("[data-script]")) hint.hidden = false;

const cellsOf = (row) => [...row.cells].map((cell) => cell.querySelector(":scope > input:not([type=hidden])"));
const rows = table ? [...table.tBodies[0].rows].filter((row) => row.cells.length > 1).map(cellsOf) : [];

function placeOf(input) {
  for (const [y, row] of rows.entries()) {
    const x = row.indexOf(input);
    if (x >= 0) return [y, x];
  }
  return null;
}

function step(input, by) {
  const place = placeOf(input);
  if (!place) return false;
  for (let y = place[0] + by; y >= 0 && y < rows.length; y += by) {
    const next = rows[y][place[1]];
    if (next && next.getClientRects().length) {
      next.focus();
      next.select();
      return true;
    }
  }
  return true;
}

form.addEventListener("keydown", (event) => {
  const ways = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const plain = !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (plain && event.key in ways && event.target.matches("table input") && !event.target.list) {
    if (step(event.target, ways[event.key])) event.preventDefault();
  }
});

form.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const place = event.target.matches("table input") && /[\t\n]/.test(text) && placeOf(event.target);
  if (!place || event.target.readOnly) return;
  event.preventDefault();
  let taken = 0;
  const left = [];
  for (const [dy, line] of text.split("\n").entries()) {
    for (const [dx, value] of line.split("\t").entries()) {
      const cell = (rows[place[0] + dy] || [])[place[1] + dx];
      if (cell) {
        cell.value = value.trim();
        taken += 1;
      } else if (value.trim() && place[1] + dx > 1) left.push(value.trim());
    }
  }
  told.textContent = `Đã dán ${taken} ô.` + (left.length ? ` Chưa dán được ${left.length} ô, vì rơi vào chỗ không nhập số: ${left.slice(0, 5).join("; ")}.` : "");
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
