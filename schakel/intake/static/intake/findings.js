// A finding among its neighbours: its column is brought into view, as a wide sheet begins at the left.
const here = document.querySelector("[data-neighbours] [data-here]");
if (here) {
  const region = here.closest("[data-neighbours]");
  const middle = here.offsetLeft - (region.clientWidth - here.offsetWidth) / 2;
  region.scrollLeft = Math.max(0, middle);
}
