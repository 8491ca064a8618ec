// The list below the search box: arrows walk it, Escape closes it and goes back to the box.
// Without this file, or without scripts at all, the form opens the page of results.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector(".search__found");
  const stops = () => [box, ...list.querySelectorAll("a")];
  const close = () => { list.replaceChildren(); };
  let leaving = false;

  form.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape" && list.childElementCount) {
      event.preventDefault();
      close();
      box.focus();
    } else if (event.key === "ArrowDown" && at >= 0 && all.length > 1) {
      event.preventDefault();
      all[(at + 1) % all.length].focus();
    } else if (event.key === "ArrowUp" && at > 0) {
      event.preventDefault();
      all[at - 1].focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // Who opens the page of results needs no list any more.
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  box.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  // An answer that comes when one has left is not shown.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (!form.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
})();
