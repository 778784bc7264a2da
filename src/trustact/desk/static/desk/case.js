// On the page of a case: a reading shows its place on the page, and questions that do not apply step back.
"use strict";

const SHOWN = "is-shown";

for (const row of document.querySelectorAll("[data-mark]")) {
  const mark = document.getElementById(row.dataset.mark);
  if (!mark) continue;
  const show = () => { row.classList.add(SHOWN); mark.classList.add(SHOWN); };
  const hide = () => { row.classList.remove(SHOWN); mark.classList.remove(SHOWN); };
  row.addEventListener("pointerenter", show);
  row.addEventListener("pointerleave", hide);
  row.addEventListener("focusin", () => { show(); bringIntoView(mark); });
  row.addEventListener("focusout", hide);
  row.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); bringIntoView(mark); });
  mark.addEventListener("pointerenter", show);
  mark.addEventListener("pointerleave", hide);
}

function bringIntoView(mark) {
  const pages = mark.closest(".document__pages");
  const place = mark.getBoundingClientRect();
  const seen = pages.getBoundingClientRect();
  if (place.top < seen.top || place.bottom > seen.bottom) {
    pages.scrollTop += place.top - seen.top - (seen.height - place.height) / 2;
  }
}

// Where no warrant came, nothing is asked of it; what was answered returns when one did come after all.
for (const group of document.querySelectorAll('[data-group="warrant"]')) {
  const rest = [...group.querySelectorAll(".question")].filter((each) => each.id !== "fact-warrant.presented");
  const apply = () => {
    const answer = group.querySelector('[name="warrant.presented"]:checked');
    const none = answer !== null && answer.value === "false";
    for (const question of rest) {
      question.hidden = none;
      for (const field of question.querySelectorAll("input, select")) field.disabled = none;
    }
  };
  group.addEventListener("change", apply);
  apply();
}

// A link to a question opens the fold it stands in.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (fold && !fold.open) {
    fold.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", unfold);
unfold();
