// On a shared device: says before an idle session ends, and when it has ended leaves nothing on the screen.
// What was typed goes to the server with the form, which keeps it until the same person has signed in again.
(() => {
  "use strict";
  const box = document.getElementById("idle");
  if (!box) return;
  const idle = Number(box.dataset.seconds) * 1000;
  const warning = Math.min(120000, idle / 2);
  let ends = Date.now() + idle;
  let asked = Date.now();
  let typedIn = null;

  const quietly = { headers: { "HX-Request": "true" } }; // asked so, the server does not take it for use
  const stay = () => {
    asked = Date.now();
    ends = asked + idle;
    box.hidden = true;
    return fetch(box.dataset.left);
  };
  const over = () => {
    if (typedIn?.isConnected) typedIn.submit();
    else window.location.reload();
  };
  const look = async () => {
    if (ends - Date.now() > warning) return;
    const answer = await fetch(box.dataset.left, quietly).catch(() => null);
    if (!answer) return;
    if (answer.status === 401) {
      window.clearInterval(looking);
      over();
      return;
    }
    ends = Date.now() + (await answer.json()).seconds * 1000; // another tab may have put it off
    box.hidden = ends - Date.now() > warning;
  };
  const used = (event) => {
    const form = event.type === "input" && event.target.closest?.("main form[method=post]");
    if (form) typedIn = form;
    if (box.hidden && Date.now() - asked > Math.min(60000, idle / 4)) stay();
  };

  for (const kind of ["input", "keydown", "pointerdown"]) document.addEventListener(kind, used);
  box.querySelector("button").addEventListener("click", stay);
  const looking = window.setInterval(look, Math.min(5000, warning / 4));
})();
