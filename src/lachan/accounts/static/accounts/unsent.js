// On every page of one who is signed in: how many things wait on this device to be sent, and signing out that leaves none of them here.
import { setLastOwner, unsentOf, wipe } from "../foundation/offline/store.js";

const link = document.querySelector(".unsent");
const { owner, words } = link.dataset;
setLastOwner(owner);

const draw = () => {
  const count = unsentOf(owner);
  link.hidden = !count;
  link.textContent = words.replace("{count}", count);
};
draw();
window.addEventListener("storage", draw);
window.addEventListener("pageshow", draw);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[action$='/logout/']") || unsentOf(owner) === null) return;
  event.preventDefault();
  if (unsentOf(owner)) location.assign(`${link.pathname}?dang-xuat`);
  else {
    await wipe(owner);
    form.submit();
  }
});
