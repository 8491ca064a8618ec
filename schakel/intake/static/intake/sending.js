// Sends chosen files one after the other in pieces (tus), so that what has arrived is never sent again.
// Without this file, or without scripts at all, the form sends them whole.
(() => {
  const form = document.querySelector("form[data-sending]");
  if (!form || !window.tus?.isSupported) return;

  const PIECE = 2 * 1024 * 1024; // bytes
  const AGAIN_AFTER = [0, 1000, 3000, 5000]; // milliseconds
  const NOT_STORED = 507;
  const texts = form.querySelector("[data-texts]").dataset;
  const list = form.querySelector("[data-list]");
  const all = form.querySelector("[data-all]");
  const told = form.querySelector("[data-told]");
  const here = [...document.querySelectorAll("[data-here]")].map((line) => line.dataset);
  const largest = Number(form.dataset.largest);
  const items = [];
  let { create, delivery } = form.dataset;
  let current = null;

  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, key) => words[key]);
  const amount = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const size = (bytes) => (bytes < 1024 ** 2 ? `${amount.format(bytes / 1024)} KB` : `${amount.format(bytes / 1024 ** 2)} MB`);
  const share = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  const percent = (item) => share.format(Math.floor((100 * item.sent) / Math.max(1, item.file.size)) / 100);
  const cookie = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
  const token = () => cookie() ?? form.elements.csrfmiddlewaretoken.value;

  function show(item) {
    const line = item.line;
    line.querySelector("progress").value = item.sent / Math.max(1, item.file.size);
    line.querySelector("progress").hidden = item.state === "refused";
    line.querySelector(".sending__state").textContent = fill(texts[item.state] ?? "", { percent: percent(item) });
    line.querySelector("[data-do=pause]").hidden = item.state !== "sending";
    line.querySelector("[data-do=resume]").hidden = !["paused", "stopped"].includes(item.state);
    line.querySelector("[data-do=remove]").hidden = item.state === "done";
    const problem = line.querySelector(".sending__problem");
    problem.hidden = !item.problem;
    if (problem.textContent !== item.problem) problem.textContent = item.problem;
    showAll();
  }

  function showAll() {
    const taken = items.filter((item) => item.state !== "refused");
    const whole = taken.reduce((sum, item) => sum + item.file.size, 0);
    const sent = taken.reduce((sum, item) => sum + item.sent, 0);
    all.hidden = items.length === 0;
    all.querySelector("progress").value = sent / Math.max(1, whole);
    const words = { done: size(sent), all: size(whole), files: taken.length };
    all.querySelector("[data-counted]").textContent = fill(texts.counted, words);
  }

  function become(item, state, problem = "") {
    Object.assign(item, { state, problem });
    show(item);
  }

  // Two files of one name in different folders are both sent, the second under its path.
  function nameFor({ file, path }) {
    const taken = items.some((item) => item.name === file.name && item.path !== path);
    return taken ? path.replaceAll("/", " - ") : file.name;
  }

  function add(chosen) {
    const name = nameFor(chosen);
    const same = items.find((item) => item.name === name && item.state !== "done");
    if (same) remove(same);
    const line = form.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    const item = { ...chosen, name, line, sent: 0, state: "waiting", problem: "" };
    line.querySelector(".sending__name").textContent = name;
    line.querySelector(".sending__size").textContent = size(chosen.file.size);
    line.querySelector("progress").setAttribute("aria-label", name);
    for (const button of line.querySelectorAll("button")) {
      button.setAttribute("aria-label", fill(texts.button, { what: button.textContent, name }));
      button.addEventListener("click", () => press[button.dataset.do](item));
    }
    items.push(item);
    list.append(line);
    if (chosen.file.size > largest) become(item, "refused", fill(texts.large, { largest: size(largest) }));
    else become(item, "waiting", replaces(item) ? fill(texts.replaces, { name }) : "");
  }

  const replaces = (item) => here.some((file) => file.name === item.name && !resumes(file, item));
  const resumes = (file, item) => !file.whole && file.name === item.name && Number(file.size) === item.file.size;

  function remove(item) {
    const sending = current === item;
    items.splice(items.indexOf(item), 1);
    item.line.remove();
    if (sending) current = null;
    // What the server has of it goes too; should that not arrive, it stays listed and can be taken out there.
    Promise.resolve(item.upload?.abort(true)).catch(() => {}).finally(() => { showAll(); next(); });
  }

  const press = {
    pause: (item) => {
      item.upload.abort();
      current = null;
      become(item, "paused");
      item.line.querySelector("[data-do=resume]").focus();
      next();
    },
    resume: (item) => {
      become(item, "waiting");
      next();
    },
    remove: (item) => {
      remove(item);
      (list.querySelector("button:not([hidden])") ?? form.querySelector("input[type=file]")).focus();
    },
  };

  // Where a file of this name and size was half sent: only if it begins with the same bytes does it go on from there.
  async function begunBefore(item) {
    const file = here.find((one) => resumes(one, item));
    if (!file || !window.crypto?.subtle) return null;
    become(item, "compared");
    const answer = await fetch(file.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const { received, digest } = await answer.json();
    const bytes = await crypto.subtle.digest("SHA-256", await item.file.slice(0, received).arrayBuffer());
    const own = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return own === digest ? file.url : null;
  }

  async function next() {
    if (current || !create) return;
    current = items.find((item) => item.state === "waiting") ?? null;
    if (!current) {
      leave();
      return;
    }
    const item = current;
    item.upload ??= new tus.Upload(item.file, await settings(item));
    if (current !== item) return;
    become(item, "sending");
    item.upload.start();
  }

  async function settings(item) {
    return {
      endpoint: create,
      uploadUrl: await begunBefore(item).catch(() => null),
      chunkSize: PIECE,
      retryDelays: AGAIN_AFTER,
      storeFingerprintForResuming: false,
      metadata: { filename: item.name },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
      onShouldRetry: (error) => mayPass(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent) => {
        item.sent = sent;
        show(item);
      },
      onSuccess: () => {
        item.sent = item.file.size;
        ended(item, "done");
      },
      onError: (error) => ended(item, "stopped", problemOf(error, item)),
    };
  }

  const mayPass = (status) => status === 0 || status === 409 || (status >= 500 && status !== NOT_STORED);

  function problemOf(error, item) {
    const answer = error.originalResponse;
    item.lost = !answer;
    if (!answer) return texts.lost;
    try {
      return JSON.parse(answer.getBody()).detail ?? texts.failed;
    } catch {
      return texts.failed;
    }
  }

  function ended(item, state, problem) {
    become(item, state, problem);
    if (state === "done") told.textContent = `${item.name}: ${texts.done}`;
    if (current === item) current = null;
    next();
  }

  function leave() {
    if (!items.length || items.some((item) => item.state !== "done")) return;
    told.textContent = texts.ready;
    location.assign(delivery);
  }

  // The first page of a delivery: it is begun, and from then on the address is that of the delivery itself.
  async function begin() {
    const answer = await fetch(form.dataset.begin, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: new URLSearchParams({ period: form.elements.period.value, whole: form.elements.whole.value }),
    });
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (!said.create) throw new Error(said.detail ?? texts.failed);
    ({ create, delivery } = said);
    history.replaceState(null, "", delivery);
    for (const field of form.querySelectorAll("[name=period], [name=whole]")) field.disabled = true;
    form.querySelector("[type=submit]").hidden = true;
    told.textContent = texts.begun;
    next();
  }

  function complain(text) {
    told.className = "sending__problem";
    told.textContent = "";
    told.textContent = text;
  }

  async function take(chosen) {
    (await chosen).forEach(add);
    if (told.className === "sending__problem") Object.assign(told, { className: "visually-hidden", textContent: "" });
    next();
  }

  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take(chosenFiles.fromInput(input));
      input.value = "";
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!items.some((item) => item.state !== "refused")) complain(texts.none);
    else if (!create) begin().catch((error) => complain(error instanceof TypeError ? texts.failed : error.message));
  });
  const zone = form.querySelector("[data-drop]");
  const over = (event, is) => {
    event.preventDefault();
    zone.classList.toggle("sending__choose--over", is);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    take(chosenFiles.fromDrop(event.dataTransfer));
  });
  window.addEventListener("online", () => items.filter((item) => item.lost && item.state === "stopped").forEach(press.resume));
  form.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  form.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
})();
