// What spares the clerk a click, and keeps what was typed and not sent; every page works without it.
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

// ---------------------------------------------------------------- work that takes long

function tell(status, words) {
  if (!status) return;
  status.textContent = words;
  if (words) {
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", words);
    status.prepend(bar);
  }
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => tell(form.querySelector("[role=status]"), form.dataset.busy));
}

for (const link of document.querySelectorAll("a[data-busy]")) {
  const status = link.closest(".buttons").querySelector("[role=status]");
  link.addEventListener("click", () => {
    tell(status, link.dataset.busy);
    if (link.hasAttribute("download")) setTimeout(() => tell(status, ""), 15000);
  });
}

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const status of document.querySelectorAll("main [role=status]:has(progress)")) tell(status, "");
});

// ---------------------------------------------------------------- what was typed and not sent

// Kept in this tab alone, for one account; forgotten when it was taken, or at signing out.
const own = "go-do:";
const mine = `${own}${document.body.dataset.account}:`;
const failed = document.querySelector("main [role=alert]");

for (const key of Object.keys(sessionStorage)) {
  if (key.startsWith(own) && !key.startsWith(mine)) sessionStorage.removeItem(key);
}

function textsOf(form) {
  return [...form.elements].filter((one) => one.name && one.matches("textarea, input.line:not([type=password])"));
}

function remember(key, told) {
  if (!Object.keys(told.texts).length) return sessionStorage.removeItem(key);
  try { sessionStorage.setItem(key, JSON.stringify(told)); } catch { /* too large to keep */ }
}

function giveBack(form, texts) {
  const lost = textsOf(form).filter((one) => one.name in texts && one.value !== texts[one.name]);
  if (!lost.length) return;
  for (const one of lost) one.value = texts[one.name];
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  said.textContent = "Đã đưa lại điều gõ dở ở đây; chưa ghi.";
  form.prepend(said);
  unfold(form);
}

function unfold(form) {
  const folded = form.closest("details");
  if (folded) folded.open = true;
}

// Typed over an older version: told beside the form, never put over what somebody wrote since.
function tellOld(form, texts) {
  const old = textsOf(form).filter((one) => texts[one.name] && one.value !== texts[one.name]);
  if (!old.length) return;
  const said = document.createElement("div");
  said.className = "hint old-texts";
  said.setAttribute("role", "status");
  said.textContent = "Bản này đã đổi từ lúc gõ dở ở đây, nên điều gõ dở không được đưa lại vào ô. Còn cần thì chép lại:";
  for (const one of old) {
    const text = document.createElement("p");
    const label = one.labels && one.labels[0] ? one.labels[0].textContent.trim() : "";
    text.textContent = label ? `${label}: ${texts[one.name]}` : texts[one.name];
    text.style.whiteSpace = "pre-wrap";
    said.append(text);
  }
  form.prepend(said);
  unfold(form);
}

for (const form of document.querySelectorAll("main form[method=post]")) {
  const key = mine + form.getAttribute("action");  // form.action may be a button of that name
  const version = form.elements.version ? form.elements.version.value : "";
  const told = JSON.parse(sessionStorage.getItem(key) || "{}");
  const taken = told.sent !== undefined && !failed && (!version || told.sent !== version);
  if (taken) sessionStorage.removeItem(key);
  else if (told.texts) (told.version === version ? giveBack : tellOld)(form, told.texts);
  const typed = () => Object.fromEntries(
    textsOf(form).filter((one) => one.value !== one.defaultValue).map((one) => [one.name, one.value]));
  form.addEventListener("input", () => remember(key, { texts: typed(), version }));
  form.addEventListener("submit", () => remember(key, { texts: typed(), version, sent: version }));
}

const leaving = document.querySelector("form.who");
if (leaving) leaving.addEventListener("submit", () => sessionStorage.clear());
