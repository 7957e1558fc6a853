// The chat's page, kept up to date: what is typed is sent without loading the page again, and what others say shows at
// once. Words are only ever set as text.

const form = document.querySelector("[data-form]");
const log = document.querySelector("[data-log]");
const said = document.querySelector("[data-said]");
const state = document.querySelector("[data-state]");
const trouble = document.querySelector("[data-trouble]");
const { text, email, id } = form.elements;
const words = form.dataset;
const language = document.documentElement.lang;
const in_frame = window.parent !== window;

/** Times in the visitor's own zone. */
const hour = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
for (const time of document.querySelectorAll("[data-time]")) time.textContent = hour.format(new Date(time.dateTime));
for (const time of document.querySelectorAll("[data-when][datetime]")) time.textContent = moment.format(new Date(time.dateTime));

/** The number of the last message that is shown. */
let last = Number(log.dataset.last);
/** What this page has said and not seen confirmed, by its id. */
const own = new Map();

const scroll = () => log.scrollTo({ top: log.scrollHeight });
scroll();

function element(tag, name, content) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = content;
  return made;
}

/** Adds a message, or confirms one that was sent from here. */
function show(message) {
  let entry = said.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
  if (!entry) {
    entry = element("li", message.from === "visitor" ? "said said--own" : "said", "");
    entry.dataset.id = message.id;
    const who = element("p", "said__who", `${message.name ?? log.dataset.you} `);
    const time = element("time", "", hour.format(new Date(message.at)));
    time.dateTime = message.at;
    who.append(time);
    const words = element("p", "said__text", message.text);
    words.dir = "auto";
    entry.append(who, words);
    said.append(entry);
    scroll();
    if (message.from === "staff") tell({ answers: 1, words: log.dataset.unread });
  }
  entry.dataset.number = message.number;
  own.delete(message.id);
  if (message.mailed) mark_mailed(entry);
}

function mark_mailed(entry) {
  if (!entry.querySelector(".said__state")) entry.append(element("p", "said__state", log.dataset.mailed));
}

function show_presence({ staffed, opens_at }) {
  document.querySelector("[data-here]").hidden = !staffed;
  document.querySelector("[data-away]").hidden = staffed;
  const back = document.querySelector("[data-back]");
  back.hidden = !opens_at;
  if (opens_at) back.querySelector("time").textContent = moment.format(new Date(opens_at));
  form.querySelector("[data-email-needed]").hidden = staffed;
  form.querySelector("[data-email-optional]").hidden = !staffed;
}

// ---- What others say.

let events = null;
function follow() {
  if (events && events.readyState !== EventSource.CLOSED) return;
  events = new EventSource(`/api/chat/events?after=${last}`);
  events.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    if (message.number <= last) return;
    last = message.number;
    show(message);
  });
  events.addEventListener("presence", (event) => show_presence(JSON.parse(event.data)));
  events.addEventListener("mailed", (event) => {
    for (const entry of said.querySelectorAll(".said--own[data-number]")) {
      if (Number(entry.dataset.number) <= Number(event.data)) mark_mailed(entry);
    }
  });
  events.addEventListener("open", () => {
    if (state.textContent === words.reconnecting) state.textContent = "";
  });
  // The browser connects again by itself after a dropped connection. After an answer that is no stream it gives up: the
  // server is starting, or the conversation has ended elsewhere.
  events.addEventListener("error", () => {
    if (own.size === 0) state.textContent = words.reconnecting;
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 3000);
  });
}
if (last > 0) follow();

// ---- What is typed.

function refuse(field, sentence) {
  field.setAttribute("aria-invalid", "true");
  document.getElementById(`${field.id}-wrong`).textContent = sentence;
}

function accept(field) {
  field.removeAttribute("aria-invalid");
  document.getElementById(`${field.id}-wrong`).textContent = "";
}

const sentences = { required: words.required, too_long: words.tooLong, invalid_email: words.invalidEmail };

/** Shows why the server refused fields; the first of them gets the focus. */
function refuse_fields(fields) {
  const refused = [text, email].filter((field) => fields[field.name]);
  for (const field of refused) refuse(field, sentences[fields[field.name][0].code] ?? words.failed);
  refused[0]?.focus();
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Sends until there is an answer: the id makes sure that it is said once. */
async function send(body) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    try {
      const answer = await fetch("/api/chat/messages", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.status < 500) return answer;
    } catch {
      // No connection.
    }
    state.textContent = words.offline;
    await Promise.race([pause(wait), new Promise((done) => addEventListener("online", done, { once: true }))]);
  }
}

let sending = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  for (const field of [text, email]) accept(field);
  trouble.textContent = "";
  if (!text.value.trim()) {
    refuse(text, words.required);
    text.focus();
    return;
  }
  sending = true;
  state.textContent = words.sending;
  const body = { id: id.value, text: text.value, language, page: page_of_parent() };
  if (!form.querySelector("[data-email]").hidden && email.value.trim()) body.email = email.value;
  own.set(body.id, body);
  const answer = await send(body);
  sending = false;
  state.textContent = "";
  own.delete(body.id);
  if (answer.status === 201) {
    text.value = "";
    // What is said next is another message.
    id.value = crypto.randomUUID();
    show(await answer.json());
    if (body.email) form.querySelector("[data-email]").hidden = true;
    follow();
  } else if (answer.status === 422) {
    refuse_fields((await answer.json()).fields ?? {});
  } else {
    trouble.textContent = answer.status === 429 ? words.tooMany : words.failed;
  }
});

// Enter sends, Shift+Enter begins a line.
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// ---- The page around it.

/** The page on which the question comes up, if it is one of ours. */
function page_of_parent() {
  return in_frame ? window.parent.location.pathname : undefined;
}

function tell(message) {
  if (in_frame) window.parent.postMessage({ onedesk_chat: message }, location.origin);
}

if (in_frame) {
  const close = document.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => tell({ close: true }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tell({ close: true });
  });
  addEventListener("message", (event) => {
    if (event.source === window.parent && event.origin === location.origin && event.data === "onedesk_chat:focus") {
      text.focus();
      scroll();
    }
  });
}
