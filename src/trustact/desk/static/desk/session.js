// Whoever types, points or scrolls is there, so the session goes on. That it will end is said before, and at its end the page goes.

const MINUTE = 60_000;
const TOLD_BEFORE = 2 * MINUTE;
const LOOKED_EVERY = MINUTE / 6;
const ACTS = ["keydown", "input", "pointerdown", "wheel"];

const notice = document.getElementById("session");
const step = notice.querySelector("form");
const lasts = Number(notice.dataset.seconds) * 1000;
const tabs = new BroadcastChannel("trustact session");
let asked = Date.now();
let heard = asked;

function lastsAnew() {
  heard = Date.now();
  notice.hidden = true;
}

// The desk leads whoever is no longer signed in to the sign-in page, and from there back to the page asked from.
async function stay() {
  asked = Date.now();
  const answer = await fetch(step.action, { method: "POST", body: new FormData(step) }).catch(() => null);
  if (answer?.redirected) return location.assign(answer.url);
  if (!answer?.ok) return;
  lastsAnew();
  tabs.postMessage("here");
}

function look() {
  const quiet = Date.now() - heard;
  notice.hidden = quiet < lasts - TOLD_BEFORE;
  if (quiet >= lasts) stay();
}

function act() {
  if (notice.hidden && Date.now() - asked > MINUTE) stay();
}

for (const kind of ACTS) addEventListener(kind, act, { passive: true });
step.addEventListener("submit", (event) => { event.preventDefault(); stay(); });
tabs.addEventListener("message", lastsAnew);
tabs.postMessage("here");
setInterval(look, LOOKED_EVERY);
