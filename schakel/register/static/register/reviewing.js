// Keys of the page on which pairs are judged: 1, 2 and 3 answer, 4 goes on, 0 takes back the last answer.
// They work while the focus is in the form of the answer and not in a field, so that no key of a screen reader or of
// the browser is taken anywhere else. Without this file the buttons do the same.
(() => {
  const form = document.getElementById("judging");
  if (!form) return;
  form.querySelectorAll(".judging__legend").forEach((legend) => { legend.hidden = false; });
  document.documentElement.classList.add("with-keys");
  let sent = false;

  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // a key held down answers once
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  form.addEventListener("keydown", (event) => {
    const writes = event.target.matches("textarea, input:not([type=hidden]), select");
    if (writes || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const wanted = document.querySelector(`main [data-key="${CSS.escape(event.key)}"]`);
    if (!wanted || sent) return;
    event.preventDefault();
    wanted.click();
  });
})();
